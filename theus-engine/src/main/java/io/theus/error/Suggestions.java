package io.theus.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that was probably meant by a misspelt one.
 * <p>
 * The distance is that of Damerau and Levenshtein restricted to adjacent transpositions
 * ("optimal string alignment"), ignoring case. A candidate counts as close when at most a
 * third of the characters differ.
 *
 * @since 0.1.0
 */
public final class Suggestions {

	private Suggestions() {
	}

	/**
	 * Return the candidate closest to a name.
	 * @param name the name that was not found
	 * @param candidates the names that exist
	 * @return the closest one, empty if none is close
	 */
	public static Optional<String> closest(String name, Collection<String> candidates) {
		int limit = Math.max(1, (name.length() + 1) / 3);
		String wanted = name.toLowerCase(Locale.ROOT);
		record Scored(String candidate, int distance) {

		}
		return candidates.stream()
			.filter((candidate) -> Math.abs(candidate.length() - name.length()) <= limit)
			.map((candidate) -> new Scored(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
			.filter((scored) -> scored.distance() <= limit)
			.min(Comparator.comparingInt(Scored::distance).thenComparing(Scored::candidate))
			.map(Scored::candidate);
	}

	/**
	 * Render a suggestion as the end of a sentence.
	 * @param name the name that was not found
	 * @param candidates the names that exist
	 * @return {@code , did you mean 'x'} or empty text if no candidate is close
	 */
	public static String didYouMean(String name, Collection<String> candidates) {
		return closest(name, candidates).map((found) -> ", did you mean '" + found + "'").orElse("");
	}

	private static int distance(String a, String b) {
		int[] beforePrevious = new int[b.length() + 1];
		int[] previous = new int[b.length() + 1];
		int[] current = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			current[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int cost = (a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1;
				current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
				if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
					current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
				}
			}
			int[] recycled = beforePrevious;
			beforePrevious = previous;
			previous = current;
			current = recycled;
		}
		return previous[b.length()];
	}

}
