package io.theus.initial;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;

/**
 * A part of the content under construction: a map that is merged key by key, or anything
 * else, which is one unit.
 */
final class Node {

	private final Source source;

	private final @Nullable Map<String, Node> children;

	private final @Nullable Object value;

	private Node(Source source, @Nullable Map<String, Node> children, @Nullable Object value) {
		this.source = source;
		this.children = children;
		this.value = value;
	}

	static Node map(Source source) {
		return new Node(source, new LinkedHashMap<>(), null);
	}

	static Node unit(Source source, @Nullable Object value) {
		return new Node(source, null, value);
	}

	Source source() {
		return this.source;
	}

	/**
	 * Add a child, or merge it with the one of that key.
	 * @param path the path of the child
	 * @param child what is there
	 * @throws InvalidInitialStateException if something different is there already
	 */
	void put(Path path, Node child) {
		Map<String, Node> map = Objects.requireNonNull(this.children);
		Node present = map.putIfAbsent(path.last(), child);
		if (present != null) {
			present.merge(path, child);
		}
	}

	private void merge(Path path, Node other) {
		if (this.children != null && other.children != null) {
			other.children.forEach((key, child) -> put(path.child(key), child));
		}
		else if (this.children != null || other.children != null || !isSame(this.value, other.value)) {
			throw InvalidInitialStateException.conflict(path, this.source.description(), other.source.description());
		}
	}

	// Documents have the widest integers and exact decimals, whatever the code has
	private static boolean isSame(@Nullable Object value, @Nullable Object other) {
		if (value instanceof Number number && other instanceof Number otherNumber) {
			return value.equals(other) || isSameNumber(number.toString(), otherNumber.toString());
		}
		return Objects.equals(value, other);
	}

	private static boolean isSameNumber(String number, String other) {
		try {
			return new BigDecimal(number).compareTo(new BigDecimal(other)) == 0;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	/**
	 * Return what is nearest to a path.
	 * @param path the path
	 * @param depth how many of its segments lead to this node
	 * @return the node there, or the last one above it
	 */
	Node nearest(Path path, int depth) {
		Node child = (this.children != null && depth < path.length()) ? this.children.get(path.segment(depth)) : null;
		return (child != null) ? child.nearest(path, depth + 1) : this;
	}

	@Nullable Object toValue() {
		if (this.children == null) {
			return this.value;
		}
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		this.children.forEach((key, child) -> map.put(key, child.toValue()));
		return map;
	}

	Map<String, Node> children() {
		return Objects.requireNonNull(this.children);
	}

}
