package io.theus.schema;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;

/**
 * A place on the way down the state, which becomes a path only if something is wrong
 * there: making a path costs more than checking what is stored.
 */
final class Location {

	private final @Nullable Path path;

	private final int length;

	private final @Nullable Location parent;

	private final String key;

	private Location(@Nullable Path path, int length, @Nullable Location parent, String key) {
		this.path = path;
		this.length = length;
		this.parent = parent;
		this.key = key;
	}

	static Location of(Path path, int length) {
		return new Location(path, length, null, "");
	}

	Location child(String key) {
		return new Location(null, 0, this, key);
	}

	Path toPath() {
		if (this.parent != null) {
			return this.parent.toPath().child(this.key);
		}
		return Objects.requireNonNull(this.path).prefix(this.length);
	}

	SchemaViolationException wrongType(String expected, @Nullable Object value) {
		return violation(expected, nameOf(value), "store a value of the declared type");
	}

	SchemaViolationException isNull(String expected) {
		return violation(expected, "null", "store a value or declare it as @Nullable or not required");
	}

	SchemaViolationException absent(String expected) {
		return violation(expected, "absent", "it is required, store it together with what is around it");
	}

	SchemaViolationException breaks(String constraint, @Nullable Object value) {
		return violation(constraint, nameOf(value), "store a value that keeps the constraint");
	}

	SchemaViolationException violation(String expected, String actual, String remedy) {
		return new SchemaViolationException(toPath(), expected, actual, remedy, null);
	}

	static String nameOf(@Nullable Object value) {
		if (value == null) {
			return "null";
		}
		Kind kind = Kind.of(value);
		return (kind != null) ? kind.description() : value.getClass().getName();
	}

}
