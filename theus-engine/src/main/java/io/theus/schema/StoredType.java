package io.theus.schema;

import org.jspecify.annotations.Nullable;

/**
 * What may be stored at a place. Values that are checked are never {@code null}; whether
 * that is allowed is a matter of the {@link Place}.
 */
abstract sealed class StoredType permits AnyType, InstanceType, RecordType, SectionType, MapType, ElementsType {

	// Names the type in an error message
	abstract String describe();

	// What is declared for a part of any value of this type, null if nothing is
	@Nullable Place part(String key) {
		return null;
	}

	// What is declared for a part of this very value
	@Nullable Place partOf(@Nullable Object value, String key) {
		return part(key);
	}

	// Checks a value at any depth; before is what was stored there before, if anything
	// was
	abstract void check(Location at, Object value, @Nullable Object before);

	// Checks that a value may have the one part that has changed, but not that part
	// itself
	void checkPart(Location at, Object value, ChangedPart part) {
		check(at, value, null);
	}

	// Checks the constraints on a value in which one part has changed, after that part
	// was found to be of its type: a constraint can rely on types
	void checkConstraints(Location at, Object value, ChangedPart part) {
		// Most types have none
	}

	// Converts a value as far as nothing is lost: gives the value itself if it is of this
	// type or cannot be converted, and throws if a map stands for a record and cannot
	// become one
	Object convert(Location at, Object value) {
		return value;
	}

}
