package io.theus.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A set of places in the state, compiled once: a path in which {@code *} stands for one
 * segment, {@code **} for any number including none, and {@code {name}} for a value that
 * is known only per call. A pattern covers what it matches and everything below:
 * {@code domain.order} covers {@code domain.order.total} but not {@code domain.orders}.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class PathPattern {

	private static final byte LITERAL = 0;

	private static final byte ANY = 1;

	private static final byte DEEP = 2;

	private static final byte PLACEHOLDER = 3;

	private final String text;

	private final byte[] kinds;

	private final String[] names;

	private final int firstDeep;

	private final int placeholders;

	private final boolean wildcards;

	// The kinds when all placeholders are bound
	private final byte[] boundKinds;

	private PathPattern(String text, byte[] kinds, String[] names) {
		this.text = text;
		this.kinds = kinds;
		this.names = names;
		this.firstDeep = indexOf(kinds, DEEP);
		this.boundKinds = kinds.clone();
		int count = 0;
		for (int i = 0; i < kinds.length; i++) {
			if (kinds[i] == PLACEHOLDER) {
				this.boundKinds[i] = LITERAL;
				count++;
			}
		}
		this.placeholders = count;
		this.wildcards = this.firstDeep >= 0 || indexOf(kinds, ANY) >= 0;
	}

	private PathPattern(PathPattern declared, String[] bound) {
		this.text = declared.text;
		this.kinds = declared.boundKinds;
		this.names = bound;
		this.firstDeep = declared.firstDeep;
		this.boundKinds = declared.boundKinds;
		this.placeholders = 0;
		this.wildcards = declared.wildcards;
	}

	private static int indexOf(byte[] kinds, byte wanted) {
		for (int i = 0; i < kinds.length; i++) {
			if (kinds[i] == wanted) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Parse a pattern.
	 * @param text the pattern as text
	 * @return the compiled pattern
	 * @throws InvalidPathException naming the position if the text is not a pattern
	 */
	public static PathPattern parse(String text) {
		List<PathTokens.Token> tokens = PathTokens.of("pattern", text);
		byte[] kinds = new byte[tokens.size()];
		String[] names = new String[tokens.size()];
		for (int i = 0; i < kinds.length; i++) {
			PathTokens.Token token = tokens.get(i);
			kinds[i] = kindOf(text, token);
			names[i] = (kinds[i] == PLACEHOLDER) ? token.text().substring(1, token.text().length() - 1) : token.text();
		}
		if (kinds[0] == PLACEHOLDER || (kinds[0] == LITERAL && tokens.get(0).quoted())) {
			throw new InvalidPathException("pattern", text, 0, "it must begin with a layer, for example 'domain'");
		}
		if (kinds[0] == LITERAL) {
			Path.checkRoot("pattern", text, names[0]);
		}
		return new PathPattern(text, kinds, names);
	}

	private static byte kindOf(String pattern, PathTokens.Token token) {
		String text = token.text();
		if (token.quoted() || PathTokens.isPlain(text)) {
			return LITERAL;
		}
		if (text.equals("*")) {
			return ANY;
		}
		if (text.equals("**")) {
			return DEEP;
		}
		if (text.startsWith("{") && text.endsWith("}") && isPlaceholderName(text.substring(1, text.length() - 1))) {
			return PLACEHOLDER;
		}
		throw new InvalidPathException("pattern", pattern, token.position(),
				(text.indexOf('*') >= 0)
						? "'*' stands for a whole segment and cannot be part of '" + text
								+ "', use '*' or quote the key"
						: "'" + text + "' is not a placeholder, write {name} or {name.component}");
	}

	private static boolean isPlaceholderName(String name) {
		String plain = name.startsWith("@") ? name.substring(1) : name;
		for (String part : plain.split("\\.", -1)) {
			if (!PathTokens.isPlain(part)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return the pattern that matches just one path.
	 * @param path the path
	 * @return a pattern of its literal segments
	 */
	public static PathPattern of(Path path) {
		String[] names = new String[path.length()];
		for (int i = 0; i < names.length; i++) {
			names[i] = path.segment(i);
		}
		return new PathPattern(path.toString(), new byte[names.length], names);
	}

	/**
	 * Return the pattern of the places one step below.
	 * @param key the literal key, {@code null} for any key
	 * @return the pattern
	 */
	public PathPattern child(@Nullable String key) {
		byte[] childKinds = Arrays.copyOf(this.kinds, this.kinds.length + 1);
		String[] childNames = Arrays.copyOf(this.names, this.names.length + 1);
		childKinds[this.kinds.length] = (key != null) ? LITERAL : ANY;
		childNames[this.names.length] = (key != null) ? key : "*";
		String step = (key != null) ? Path.of("domain", key).toString().substring("domain".length()) : ".*";
		return new PathPattern(this.text + step, childKinds, childNames);
	}

	/**
	 * Return whether a path is matched or lies below what is matched.
	 * @param path the path
	 * @return whether this pattern covers it
	 */
	public boolean covers(Path path) {
		if (this.firstDeep < 0) {
			return this.kinds.length <= path.length() && matchesPlainly(path, this.kinds.length);
		}
		return matchesPrefix(path, 0, 0);
	}

	private boolean matchesPlainly(Path path, int length) {
		for (int i = length - 1; i >= 0; i--) {
			if (!matchesSegment(i, path.segment(i))) {
				return false;
			}
		}
		return true;
	}

	private boolean matchesSegment(int index, String segment) {
		return switch (this.kinds[index]) {
			case LITERAL -> this.names[index].equals(segment);
			case ANY -> true;
			default -> false;
		};
	}

	private boolean matchesPrefix(Path path, int index, int position) {
		if (index == this.kinds.length) {
			return true;
		}
		if (this.kinds[index] == DEEP) {
			for (int skipped = position; skipped <= path.length(); skipped++) {
				if (matchesPrefix(path, index + 1, skipped)) {
					return true;
				}
			}
			return false;
		}
		return position < path.length() && matchesSegment(index, path.segment(position))
				&& matchesPrefix(path, index + 1, position + 1);
	}

	/**
	 * Return whether the keys of a node may be listed under this pattern: the pattern
	 * covers the node, or {@code *} or {@code **} follows where the pattern has matched
	 * the node itself.
	 * @param path the path of the node
	 * @return whether keys and size of the node are within the pattern
	 */
	public boolean coversKeysOf(Path path) {
		return covers(path) || (this.wildcards && matchesBefore(path, 0, 0, false));
	}

	/**
	 * Return whether all children of a node are covered, so that the node can be read as
	 * a whole: the pattern covers the node, or just {@code *} or {@code **} follows where
	 * it has matched the node itself.
	 * @param path the path of the node
	 * @return whether the whole content of the node is within the pattern
	 */
	public boolean coversChildrenOf(Path path) {
		return covers(path) || (this.wildcards && matchesBefore(path, 0, 0, true));
	}

	private boolean matchesBefore(Path path, int index, int position, boolean lastOnly) {
		if (index == this.kinds.length) {
			return false;
		}
		byte kind = this.kinds[index];
		if (position == path.length() && kind == ANY) {
			return !lastOnly || matchesNothing(index + 1);
		}
		if (kind == DEEP) {
			// It may stand for the rest of the path and go on below it
			if (!lastOnly) {
				return true;
			}
			for (int skipped = position; skipped <= path.length(); skipped++) {
				if (matchesBefore(path, index + 1, skipped, lastOnly)) {
					return true;
				}
			}
			return false;
		}
		return position < path.length() && matchesSegment(index, path.segment(position))
				&& matchesBefore(path, index + 1, position + 1, lastOnly);
	}

	// Whether what follows in the pattern can be left out
	private boolean matchesNothing(int from) {
		for (int i = from; i < this.kinds.length; i++) {
			if (this.kinds[i] != DEEP) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether some path can be covered by both patterns. Placeholders count as
	 * {@code *}.
	 * @param other the other pattern
	 * @return whether the two sets of places meet
	 */
	public boolean overlaps(PathPattern other) {
		return overlaps(0, other, 0);
	}

	private boolean overlaps(int index, PathPattern other, int otherIndex) {
		if (index == this.kinds.length || otherIndex == other.kinds.length) {
			return true;
		}
		if (this.kinds[index] == DEEP) {
			return overlaps(index + 1, other, otherIndex) || overlaps(index, other, otherIndex + 1);
		}
		if (other.kinds[otherIndex] == DEEP) {
			return overlaps(index, other, otherIndex + 1) || overlaps(index + 1, other, otherIndex);
		}
		boolean literals = this.kinds[index] == LITERAL && other.kinds[otherIndex] == LITERAL;
		return (!literals || this.names[index].equals(other.names[otherIndex]))
				&& overlaps(index + 1, other, otherIndex + 1);
	}

	/**
	 * Return whether every path that another pattern covers is covered by this one.
	 * Placeholders of the other one count as {@code *}.
	 * @param other the other pattern
	 * @return whether it lies within this one as far as that can be told segment by
	 * segment
	 */
	public boolean includes(PathPattern other) {
		return includes(0, other, 0);
	}

	private boolean includes(int index, PathPattern other, int otherIndex) {
		if (index == this.kinds.length) {
			return true;
		}
		if (this.kinds[index] == DEEP) {
			return includes(index + 1, other, otherIndex)
					|| (otherIndex < other.kinds.length && includes(index, other, otherIndex + 1));
		}
		if (otherIndex == other.kinds.length || other.kinds[otherIndex] == DEEP) {
			return false;
		}
		boolean matches = this.kinds[index] == ANY || (this.kinds[index] == LITERAL
				&& other.kinds[otherIndex] == LITERAL && this.names[index].equals(other.names[otherIndex]));
		return matches && includes(index + 1, other, otherIndex + 1);
	}

	/**
	 * Return the names of the placeholders in the order in which they occur.
	 * @return the names without braces, such as {@code cmd.orderId} or {@code @tenant}
	 */
	public List<String> placeholders() {
		if (this.placeholders == 0) {
			return List.of();
		}
		List<String> found = new ArrayList<>(this.placeholders);
		for (int i = 0; i < this.kinds.length; i++) {
			if (this.kinds[i] == PLACEHOLDER) {
				found.add(this.names[i]);
			}
		}
		return found;
	}

	/**
	 * Bind every placeholder to literal segments. A placeholder with several values gives
	 * one pattern for each; with none the pattern stands for no place at all.
	 * @param values what the placeholders stand for
	 * @return the patterns without placeholders, this pattern itself if it has none
	 */
	public List<PathPattern> narrow(PlaceholderValues values) {
		PathPattern single = narrowToOne(values);
		if (single != null) {
			return List.of(single);
		}
		List<PathPattern> narrowed = new ArrayList<>();
		narrow(values, 0, this.names, narrowed);
		return narrowed;
	}

	/**
	 * Bind every placeholder to one literal segment.
	 * @param values what the placeholders stand for
	 * @return the pattern without placeholders, this pattern itself if it has none,
	 * {@code null} if a placeholder stands for a collection
	 */
	public @Nullable PathPattern narrowToOne(PlaceholderValues values) {
		if (this.placeholders == 0) {
			return this;
		}
		String[] bound = this.names.clone();
		for (int i = 0; i < bound.length; i++) {
			if (this.kinds[i] == PLACEHOLDER) {
				String segment = values.segment(bound[i]);
				if (segment == null) {
					return null;
				}
				bound[i] = segment;
			}
		}
		return new PathPattern(this, bound);
	}

	private void narrow(PlaceholderValues values, int from, String[] bound, List<PathPattern> into) {
		int index = from;
		while (index < this.kinds.length && this.kinds[index] != PLACEHOLDER) {
			index++;
		}
		if (index == this.kinds.length) {
			into.add(new PathPattern(this, bound));
			return;
		}
		for (String value : values.segments(this.names[index])) {
			String[] next = bound.clone();
			next[index] = value;
			narrow(values, index + 1, next, into);
		}
	}

	/**
	 * Return the place that this pattern names if it names just one.
	 * @return whether all segments are literal
	 */
	public boolean isLiteral() {
		for (byte kind : this.kinds) {
			if (kind != LITERAL) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return the one path that this pattern names.
	 * @return the path of its literal segments
	 * @throws IllegalStateException if the pattern has a wildcard or a placeholder
	 */
	public Path toPath() {
		if (!isLiteral()) {
			throw new IllegalStateException("pattern '" + this.text + "' names more than one path");
		}
		return Path.ofSegments(this.names);
	}

	// A path that this pattern matches, with an arbitrary key for each single segment and
	// none for **; null if it begins with a wildcard
	@Nullable Path sample() {
		Path path = (this.kinds[0] == LITERAL) ? Path.parse(this.names[0]) : null;
		for (int i = 1; path != null && i < this.kinds.length; i++) {
			if (this.kinds[i] != DEEP) {
				path = path.child((this.kinds[i] == LITERAL) ? this.names[i] : "*");
			}
		}
		return path;
	}

	/**
	 * Return the number of segments.
	 * @return at least 1
	 */
	public int length() {
		return this.kinds.length;
	}

	/**
	 * Return one segment if it is a key.
	 * @param index its position, 0 for the first
	 * @return the literal key, {@code null} for a wildcard or a placeholder
	 */
	public @Nullable String literal(int index) {
		return (this.kinds[index] == LITERAL) ? this.names[index] : null;
	}

	/**
	 * Return whether the pattern has {@code **}.
	 * @return whether it matches paths of different lengths
	 */
	public boolean isDeep() {
		return this.firstDeep >= 0;
	}

	/**
	 * Return whether one segment is {@code **}.
	 * @param index its position, 0 for the first
	 * @return whether it stands for any number of segments
	 */
	public boolean isDeep(int index) {
		return this.kinds[index] == DEEP;
	}

	/**
	 * Return the last segment as it is written.
	 * @return a key, {@code *}, {@code **} or a placeholder's name
	 */
	public String last() {
		return this.names[this.names.length - 1];
	}

	/**
	 * Return the pattern as text that {@link #parse(String)} reads back, with what its
	 * placeholders are bound to.
	 * @return the text
	 */
	public String boundText() {
		StringBuilder bound = new StringBuilder();
		for (int i = 0; i < this.kinds.length; i++) {
			String name = this.names[i];
			String step = switch (this.kinds[i]) {
				case LITERAL -> Path.render("", name);
				case PLACEHOLDER -> ".{" + name + "}";
				default -> "." + name;
			};
			bound.append((i == 0) ? name : step);
		}
		return bound.toString();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof PathPattern pattern && Arrays.equals(this.kinds, pattern.kinds)
				&& Arrays.equals(this.names, pattern.names);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.names);
	}

	/**
	 * Return the pattern as it was written, with its placeholders.
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
