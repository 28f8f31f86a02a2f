package io.theus.schema;

import org.jspecify.annotations.Nullable;

/**
 * Any accepted value, {@code Object} in a record.
 */
final class AnyType extends StoredType {

	static final AnyType INSTANCE = new AnyType();

	private AnyType() {
	}

	@Override
	String describe() {
		return "any value";
	}

	@Override
	void check(Location at, Object value, @Nullable Object before) {
		// Whatever the state has accepted is right
	}

}
