package io.theus.heavy;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

/**
 * Who owns a segment, as a line of text: fields between tabs, the first the version of
 * the format, the last a checksum of those before.
 *
 * @param session the engine
 * @param owner the process in which it is
 * @param segment the name of the memory
 * @param bytes its size
 */
record RegistryLine(String session, OwnerProcess owner, String segment, long bytes) {

	private static final String VERSION = "1";

	private static final int FIELDS = 8;

	String format() {
		String fields = String.join("\t", VERSION, URLEncoder.encode(this.session, StandardCharsets.UTF_8),
				Long.toString(this.owner.pid()), this.owner.start(), this.owner.namespace(), this.segment,
				Long.toString(this.bytes));
		return fields + "\t" + checksum(fields);
	}

	// Read a line; returns its fields, null if it is of another version, broken or not
	// one of this file
	static @Nullable RegistryLine parse(String line) {
		String[] fields = line.split("\t", -1);
		int end = line.lastIndexOf('\t');
		if (fields.length != FIELDS || !fields[0].equals(VERSION)
				|| !fields[FIELDS - 1].equals(checksum(line.substring(0, end))) || !SegmentNames.isValid(fields[5])) {
			return null;
		}
		try {
			OwnerProcess owner = new OwnerProcess(Long.parseLong(fields[2]), fields[3], fields[4]);
			return new RegistryLine(URLDecoder.decode(fields[1], StandardCharsets.UTF_8), owner, fields[5],
					Long.parseLong(fields[6]));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static String checksum(String text) {
		CRC32 sum = new CRC32();
		sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
		return Long.toHexString(sum.getValue());
	}

}
