package io.theus.internal.collection;

import java.util.TreeSet;

import org.assertj.core.api.Assertions;

/**
 * Looks at tries from inside.
 */
final class Tries {

	private Tries() {
	}

	/** Check all that {@link TrieNode} promises of the shape of a trie. */
	static void assertCanonical(PersistentMap<?> map) {
		Assertions.assertThat(entries(map.root, 0, 0)).as("entries under the root").isEqualTo(map.size());
	}

	/** Write a trie down, so that tries of equal shape and content read the same. */
	static String describe(TrieNode node, int depth) {
		StringBuilder text = new StringBuilder("{");
		if (depth > TrieNode.LAST_SHIFT / TrieNode.BITS) {
			TreeSet<String> unordered = new TreeSet<>();
			node.forEach((key, value) -> unordered.add(key + "=" + value));
			text.append(unordered);
		}
		else {
			text.append(Integer.toHexString(node.dataMap)).append('/').append(Integer.toHexString(node.nodeMap));
			for (int i = 0; i < node.dataLength(); i += 2) {
				text.append(' ').append(node.content[i]).append('=').append(node.content[i + 1]);
			}
			for (int i = node.dataLength(); i < node.content.length; i++) {
				text.append(' ').append(describe(node.childAt(i), depth + 1));
			}
		}
		return text.append('}').toString();
	}

	private static int entries(TrieNode node, int depth, int prefix) {
		if (depth * TrieNode.BITS > TrieNode.LAST_SHIFT) {
			return collisions(node, prefix);
		}
		Assertions.assertThat(node.dataMap & node.nodeMap).as("fragments with entry and child").isZero();
		Assertions.assertThat(node.content)
			.as("slots")
			.hasSize(2 * Integer.bitCount(node.dataMap) + Integer.bitCount(node.nodeMap));
		int shift = depth * TrieNode.BITS;
		int count = 0;
		for (int fragment = 0; fragment < 32; fragment++) {
			int bit = 1 << fragment;
			int place = prefix | (fragment << shift);
			if ((node.dataMap & bit) != 0) {
				int hash = TrieNode.hash(node.content[node.dataIndex(bit)]);
				Assertions.assertThat(hash & mask(depth + 1)).as("place of a key").isEqualTo(place);
				count++;
			}
			else if ((node.nodeMap & bit) != 0) {
				int below = entries(node.child(bit), depth + 1, place);
				Assertions.assertThat(below).as("entries under a child").isGreaterThan(1);
				count += below;
			}
		}
		return count;
	}

	private static int collisions(TrieNode node, int place) {
		Assertions.assertThat(node.dataMap | node.nodeMap).as("bits behind the hash").isZero();
		for (int i = 0; i < node.content.length; i += 2) {
			Assertions.assertThat(TrieNode.hash(node.content[i])).as("place of a colliding key").isEqualTo(place);
		}
		return node.content.length / 2;
	}

	private static int mask(int fragments) {
		return (fragments * TrieNode.BITS < Integer.SIZE) ? (1 << (fragments * TrieNode.BITS)) - 1 : -1;
	}

}
