package io.theus.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The page of the documentation that holds the last report of each group, each between
 * two comments that name the group.
 *
 * @since 0.1.0
 */
public final class DocsPage {

	private final Path file;

	/**
	 * Create a page over a file.
	 * @param file a Markdown file
	 */
	public DocsPage(Path file) {
		this.file = file;
	}

	/**
	 * Replace what stands between the markers of a group; all else stays. A group without
	 * markers gets a place at the end.
	 * @param group the name of the group
	 * @param report the report
	 * @throws IOException if the file cannot be read or written
	 * @throws IllegalStateException if the file has one of the markers only
	 */
	public void replace(String group, String report) throws IOException {
		Files.writeString(this.file, replaced(Files.readString(this.file), group, report));
	}

	static String replaced(String page, String group, String report) {
		String begin = "<!-- begin " + group + " -->\n";
		String end = "<!-- end " + group + " -->";
		int from = page.indexOf(begin);
		int to = page.indexOf(end);
		if (from < 0 && to < 0) {
			return page.stripTrailing() + "\n\n" + begin + "\n" + report + "\n" + end + "\n";
		}
		if (from < 0 || to < from) {
			throw new IllegalStateException("page has half a place for benchmark group '" + group + "': begin=" + from
					+ ", end=" + to + ", have both or none of '" + begin.trim() + "' and '" + end + "' in it");
		}
		return page.substring(0, from + begin.length()) + "\n" + report + "\n" + page.substring(to);
	}

}
