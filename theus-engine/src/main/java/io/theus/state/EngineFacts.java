package io.theus.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.path.PathPattern;

/**
 * What an engine tells about itself at {@code meta.engine}. Each fact is computed when it
 * is read; none is part of a snapshot, and nobody writes one.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class EngineFacts {

	private static final Path ROOT = Path.parse("meta.engine");

	// Replaced as a whole: features add their facts while the engine is made
	private volatile Map<String, Supplier<?>> facts = Map.of();

	/**
	 * Return whether a path names facts.
	 * @param path the path, in zone META
	 * @return whether it is {@code meta.engine} or lies below
	 */
	public static boolean covers(Path path) {
		return path.startsWith(ROOT);
	}

	/**
	 * Return whether a pattern names facts only.
	 * @param pattern the pattern
	 * @return whether whatever it matches is {@code meta.engine} or lies below
	 */
	public static boolean covers(PathPattern pattern) {
		return pattern.length() >= ROOT.length() && ROOT.root().equals(pattern.literal(0))
				&& ROOT.last().equals(pattern.literal(1));
	}

	/**
	 * Add a fact.
	 * @param name its key
	 * @param fact computes an immutable value that the state accepts; called by any
	 * thread
	 */
	public synchronized void add(String name, Supplier<?> fact) {
		Map<String, Supplier<?>> next = new LinkedHashMap<>(this.facts);
		next.put(name, fact);
		this.facts = next;
	}

	/**
	 * Compute what a path names.
	 * @param path {@code meta.engine} or a path below
	 * @return the fact, all facts as a map, or {@link StateTree#ABSENT}
	 */
	public @Nullable Object find(Path path) {
		if (path.length() == ROOT.length()) {
			return all();
		}
		Supplier<?> fact = this.facts.get(path.segment(ROOT.length()));
		return (fact != null) ? StateTree.find(fact.get(), path, ROOT.length() + 1) : StateTree.ABSENT;
	}

	/**
	 * Compute one fact.
	 * @param name its key
	 * @return its value or {@link StateTree#ABSENT}
	 */
	public @Nullable Object find(String name) {
		return find(ROOT.child(name));
	}

	/**
	 * Compute all facts.
	 * @return the facts by key, read-only
	 */
	public PersistentMap<Object> all() {
		Map<String, Object> computed = new LinkedHashMap<>();
		this.facts.forEach((name, fact) -> computed.put(name, fact.get()));
		return PersistentMap.copyOf(computed);
	}

}
