package io.theus.transaction;

import io.theus.path.Path;

/**
 * Where references to arrays are, as authors name them.
 *
 * @since 0.1.0
 */
public final class HeavyPaths {

	private HeavyPaths() {
	}

	/**
	 * Parse a path that may lack its root.
	 * @param text {@code heavy.frame}, or {@code frame} for short
	 * @return the path
	 * @throws io.theus.path.InvalidPathException if it is no path
	 */
	public static Path parse(String text) {
		int end = 0;
		while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
			end++;
		}
		return Path.parse(Path.isRoot(text.substring(0, end)) ? text : "heavy." + text);
	}

}
