package io.theus.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Guesses what a misspelt name was meant to be, for messages that end in
 * {@code , did you mean 'x'}.
 *
 * <p>
 * Closeness is the number of insertions, deletions, replacements and swaps of neighbours
 * (the optimal string alignment distance of Damerau and Levenshtein), upper and lower
 * case being the same. A name of <i>n</i> characters may differ in <i>n</i>/3 of them, at
 * least one and at most three; what is further away is no suggestion.
 *
 * <p>
 * All methods are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Suggestions {

	private static final int LONGEST = 100;

	private static final int FURTHEST = 3;

	private Suggestions() {
	}

	/**
	 * Find the candidate that is closest to a name.
	 * @param name the name that was not found; one of more than 100 characters has no
	 * suggestion
	 * @param candidates the names that exist, in any order
	 * @return the closest candidate, of several the first in alphabetical order; empty if
	 * none is close
	 */
	public static Optional<String> closest(String name, Collection<String> candidates) {
		if (name.length() > LONGEST) {
			return Optional.empty();
		}
		String wanted = name.toLowerCase(Locale.ROOT);
		int best = Math.min(FURTHEST, Math.max(1, name.length() / 3)) + 1;
		String closest = null;
		for (String candidate : candidates) {
			if (Math.abs(candidate.length() - name.length()) > best) {
				continue;
			}
			int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
			if (distance < Math.min(best, wanted.length()) || (distance == best && precedes(candidate, closest))) {
				best = distance;
				closest = candidate;
			}
		}
		return Optional.ofNullable(closest);
	}

	/**
	 * Render the closest candidate as the tail of a message.
	 * @param name the name that was not found
	 * @param candidates the names that exist, in any order
	 * @return {@code , did you mean 'x'}, or empty text if no candidate is close
	 */
	public static String didYouMean(String name, Collection<String> candidates) {
		return closest(name, candidates).map((candidate) -> ", did you mean '" + candidate + "'").orElse("");
	}

	private static boolean precedes(String candidate, @Nullable String other) {
		return other != null && candidate.compareTo(other) < 0;
	}

	private static int distance(String left, String right) {
		int[] beforeLast = new int[right.length() + 1];
		int[] last = new int[right.length() + 1];
		int[] current = new int[right.length() + 1];
		for (int column = 0; column <= right.length(); column++) {
			last[column] = column;
		}
		for (int row = 1; row <= left.length(); row++) {
			current[0] = row;
			for (int column = 1; column <= right.length(); column++) {
				int replaced = (left.charAt(row - 1) != right.charAt(column - 1)) ? 1 : 0;
				int cost = Math.min(last[column - 1] + replaced, Math.min(last[column], current[column - 1]) + 1);
				if (row > 1 && column > 1 && left.charAt(row - 1) == right.charAt(column - 2)
						&& left.charAt(row - 2) == right.charAt(column - 1)) {
					cost = Math.min(cost, beforeLast[column - 2] + 1);
				}
				current[column] = cost;
			}
			int[] recycled = beforeLast;
			beforeLast = last;
			last = current;
			current = recycled;
		}
		return last[right.length()];
	}

}
