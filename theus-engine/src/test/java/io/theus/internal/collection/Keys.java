package io.theus.internal.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes keys that meet in a trie as often as possible: texts of any wanted place, many
 * with the same one.
 */
final class Keys {

	/** Texts of equal hash code, as any sequence of "Aa" and "BB" of equal length is. */
	private static final List<String> PREFIXES = List.of("AaAa", "AaBB", "BBAa", "BBBB");

	private static final String ZERO = "@@@@@@@";

	private Keys() {
	}

	/**
	 * Return keys in groups: group d shares the first d fragments of hash with a common
	 * place; in each are up to four keys for a place. Ordinary keys are among them.
	 */
	static List<String> pool(Random random, int placesPerGroup) {
		List<String> keys = new ArrayList<>();
		int common = random.nextInt();
		for (int fragments = 0; fragments <= 7; fragments++) {
			int shared = (fragments < 7) ? (1 << (fragments * TrieNode.BITS)) - 1 : -1;
			for (int i = 0; i < placesPerGroup; i++) {
				int place = (common & shared) | (random.nextInt() & ~shared);
				int variants = 1 + random.nextInt(PREFIXES.size());
				for (int variant = 0; variant < variants; variant++) {
					keys.add(at(place, variant));
				}
			}
		}
		for (int i = 0; i < placesPerGroup * 8; i++) {
			keys.add("key-" + i);
		}
		return keys.stream().distinct().toList();
	}

	/** Return one of four keys that a trie puts at a place. */
	static String at(int place, int variant) {
		String prefix = PREFIXES.get(variant);
		long rest = Integer.toUnsignedLong(hashCodeAt(place) - (prefix + ZERO).hashCode());
		char[] digits = new char[ZERO.length()];
		for (int i = digits.length - 1; i >= 0; i--) {
			digits[i] = (char) ('@' + rest % 31);
			rest /= 31;
		}
		return prefix + new String(digits);
	}

	/** The inverse of {@link TrieNode#spread}. */
	private static int hashCodeAt(int place) {
		int product = place ^ (place >>> 15) ^ (place >>> 30);
		int factor = 0x9E3779B9;
		int inverse = factor;
		for (int i = 0; i < 5; i++) {
			inverse *= 2 - factor * inverse;
		}
		return product * inverse;
	}

}
