package io.theus.path;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;

/**
 * The name of one place in the state: literal segments, written joined by dots as in
 * {@code domain.accounts.alice}. A segment that is not a plain name (letters, digits,
 * {@code _} and {@code -}) is quoted: {@code domain.prices['BRK.A']}; {@code [n]} indexes
 * a list. The first segment is a layer ({@code domain}, {@code global}, {@code local}) or
 * the root of a zone ({@code heavy}, {@code log}, {@code meta}, {@code signal},
 * {@code sig}, {@code cmd}).
 * <p>
 * Immutable and safe for use by several threads. Parsed paths are kept in a bounded
 * cache, so that text paths in a hot loop cost one look-up.
 *
 * @since 0.1.0
 */
public final class Path implements Comparable<Path>, Serializable {

	private static final Set<String> ROOTS = Set.of("domain", "global", "local", "heavy", "log", "meta", "signal",
			"sig", "cmd");

	private static final int CACHE_SIZE = 4096;

	/**
	 * Direct-mapped: a slot holds whatever path was parsed last for that hash. Racing
	 * threads may parse the same text twice, which is harmless because paths compare by
	 * value.
	 */
	private static final AtomicReferenceArray<Path> CACHE = new AtomicReferenceArray<>(CACHE_SIZE);

	private final String[] segments;

	private final int hash;

	/**
	 * Made when it is asked for, because most paths never are. Racing threads may make it
	 * twice, which is harmless because text is immutable.
	 */
	private transient @Nullable String text;

	private Path(String[] segments, int hash, @Nullable String text) {
		this.segments = segments;
		this.hash = hash;
		this.text = text;
	}

	static Path ofSegments(String[] segments) {
		return new Path(segments, Arrays.hashCode(segments), null);
	}

	/**
	 * Parse a path.
	 * @param text the path as text
	 * @return the path
	 * @throws InvalidPathException naming the position if the text is not a path
	 */
	public static Path parse(String text) {
		int slot = slot(text);
		Path cached = CACHE.get(slot);
		if (cached != null && text.equals(cached.text)) {
			return cached;
		}
		Path parsed = parseText(text);
		CACHE.set(slot, parsed);
		return parsed;
	}

	private static int slot(String text) {
		int h = text.hashCode();
		return (h ^ (h >>> 16)) & (CACHE_SIZE - 1);
	}

	private static Path parseText(String text) {
		List<PathTokens.Token> tokens = PathTokens.of("path", text);
		String[] segments = new String[tokens.size()];
		for (int i = 0; i < segments.length; i++) {
			PathTokens.Token token = tokens.get(i);
			if (!token.quoted() && !PathTokens.isPlain(token.text())) {
				throw new InvalidPathException("path", text, token.position(), "'" + token.text()
						+ "' is for patterns only, quote it as ['" + token.text() + "'] if it is a key");
			}
			segments[i] = token.text();
		}
		checkRoot("path", text, segments[0]);
		return new Path(segments, Arrays.hashCode(segments), text);
	}

	/**
	 * Return whether paths can begin with a name.
	 * @param name the name
	 * @return whether it is a layer or the root of a zone
	 */
	public static boolean isRoot(String name) {
		return ROOTS.contains(name);
	}

	static void checkRoot(String kind, String text, String root) {
		if (!ROOTS.contains(root)) {
			throw new InvalidPathException(kind, text, 0, "unknown layer '" + root + "'"
					+ Suggestions.didYouMean(root, ROOTS) + ", a path begins with domain, global or local");
		}
	}

	/**
	 * Build a path from a parsed prefix and literal segments, which are never parsed:
	 * {@code Path.of("domain.accounts", id)}.
	 * @param prefix the path above the segments, as text
	 * @param segments text, integers, enums, UUIDs: one key or list index each
	 * @return the path
	 * @throws InvalidPathException if the prefix is not a path or a segment is null,
	 * empty or of another type
	 */
	public static Path of(String prefix, Object... segments) {
		Path path = parse(prefix);
		for (Object segment : segments) {
			path = path.child(segment);
		}
		return path;
	}

	/**
	 * Return the path of a child.
	 * @param key text, an integer, an enum or a UUID, taken literally
	 * @return the path one segment longer
	 * @throws InvalidPathException if the key is null, empty or of another type
	 */
	public Path child(@Nullable Object key) {
		String segment = Segments.textOf(key);
		if (segment == null) {
			throw noKey(key);
		}
		return child(segment);
	}

	private InvalidPathException noKey(@Nullable Object segment) {
		String prefix = toString();
		return new InvalidPathException("path", prefix, prefix.length(),
				"a segment of type " + ((segment != null) ? segment.getClass().getName() : "null")
						+ " cannot be a key, use non-empty text, an integer, an enum or a "
						+ UUID.class.getSimpleName());
	}

	/**
	 * Return the path of a child.
	 * @param segment the child's key or list index, taken literally
	 * @return the path one segment longer
	 * @throws InvalidPathException if the segment is empty
	 */
	public Path child(String segment) {
		if (segment.isEmpty()) {
			throw noKey(segment);
		}
		String[] longer = Arrays.copyOf(this.segments, this.segments.length + 1);
		longer[this.segments.length] = segment;
		// As Arrays.hashCode does it
		return new Path(longer, 31 * this.hash + segment.hashCode(), null);
	}

	static String render(String prefix, String segment) {
		if (PathTokens.isPlain(segment)) {
			return prefix + '.' + segment;
		}
		return prefix + "['" + segment.replace("\\", "\\\\").replace("'", "\\'") + "']";
	}

	/**
	 * Return the path of the first segments of this one.
	 * @param length how many segments to keep, at least 1 and at most {@link #length()}
	 * @return the prefix, this path itself if nothing is cut off
	 */
	public Path prefix(int length) {
		Objects.checkIndex(length - 1, this.segments.length);
		if (length == this.segments.length) {
			return this;
		}
		return ofSegments(Arrays.copyOf(this.segments, length));
	}

	/**
	 * Return the number of segments, the root included.
	 * @return at least 1
	 */
	public int length() {
		return this.segments.length;
	}

	/**
	 * Return one segment.
	 * @param index its position, 0 for the root
	 * @return the literal key or list index
	 */
	public String segment(int index) {
		return this.segments[index];
	}

	/**
	 * Return the first segment.
	 * @return the layer or zone root
	 */
	public String root() {
		return this.segments[0];
	}

	/**
	 * Return the last segment.
	 * @return the key or list index of the place itself
	 */
	public String last() {
		return this.segments[this.segments.length - 1];
	}

	/**
	 * Return whether this path lies in a layer.
	 * @param layer the layer
	 * @return whether the path's root is that layer
	 */
	public boolean isIn(Layer layer) {
		return this.segments[0].equals(layer.key());
	}

	/**
	 * Return whether this path is the other one or lies below it.
	 * @param other the path that may be above
	 * @return whether all segments of the other path lead this one
	 */
	public boolean startsWith(Path other) {
		int length = other.segments.length;
		if (length > this.segments.length) {
			return false;
		}
		for (int i = length - 1; i >= 0; i--) {
			if (!this.segments[i].equals(other.segments[i])) {
				return false;
			}
		}
		return true;
	}

	@Override
	public int compareTo(Path other) {
		return Arrays.compare(this.segments, other.segments);
	}

	@Override
	public boolean equals(Object other) {
		return this == other || (other instanceof Path path && this.hash == path.hash
				&& Arrays.equals(this.segments, path.segments));
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

	/**
	 * Return the path as text that {@link #parse(String)} reads back.
	 */
	@Override
	public String toString() {
		String rendered = this.text;
		if (rendered == null) {
			rendered = this.segments[0];
			for (int i = 1; i < this.segments.length; i++) {
				rendered = render(rendered, this.segments[i]);
			}
			this.text = rendered;
		}
		return rendered;
	}

}
