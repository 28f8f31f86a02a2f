package io.theus.heavy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Names of memory as the system knows it: {@code theus-{session}-{pid}-{key}.{n}}, with a
 * hash where that would be ambiguous, and little more than the hash where names are
 * short. The number is never used twice in a virtual machine, and the system refuses a
 * name that is taken.
 */
final class SegmentNames {

	static final String PREFIX = "theus-";

	private static final int SHORT = 12;

	private static final Pattern VALID = Pattern.compile("theus-[A-Za-z0-9._-]{1,250}");

	private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9._-]");

	private static final AtomicLong NUMBERS = new AtomicLong();

	private SegmentNames() {
	}

	static String next(String session, long pid, String key, int maxLength) {
		return name(session, pid, key, NUMBERS.incrementAndGet(), maxLength);
	}

	static String name(String session, long pid, String key, long number, int maxLength) {
		String name = "%s%s-%d-%s.%d".formatted(PREFIX, readable(session), pid, readable(key), number);
		// What was replaced, cut, or read as the pid, may have been the difference
		boolean plain = readable(session).equals(session) && session.indexOf('-') < 0 && readable(key).equals(key);
		if (plain && name.length() <= maxLength) {
			return name;
		}
		String hash = hash("%s\n%d\n%s\n%d".formatted(session, pid, key, number)).substring(0, 24);
		if (name.length() + 1 + SHORT <= maxLength) {
			return name + "-" + hash.substring(0, SHORT);
		}
		int room = maxLength - PREFIX.length() - hash.length() - 1;
		return (room < 8) ? PREFIX + hash
				: PREFIX + readable(key).substring(0, Math.min(room, readable(key).length())) + "-" + hash;
	}

	// Only such memory is opened or removed, whatever a descriptor or the registry says
	static boolean isValid(String name) {
		return VALID.matcher(name).matches();
	}

	private static String readable(String text) {
		return OTHERS.matcher(text).replaceAll("_");
	}

	private static String hash(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
