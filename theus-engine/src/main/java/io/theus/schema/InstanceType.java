package io.theus.schema;

import org.jspecify.annotations.Nullable;

import io.theus.state.IncompatibleValueException;
import io.theus.state.TextForms;
import io.theus.state.TypedReads;

/**
 * An instance of a class that paths do not enter, or of an interface that records
 * implement.
 */
final class InstanceType extends StoredType {

	private final Class<?> type;

	private final RecordTypes records;

	InstanceType(Class<?> type, RecordTypes records) {
		this.type = type;
		this.records = records;
	}

	boolean isNumber() {
		return Number.class.isAssignableFrom(this.type);
	}

	boolean isText() {
		return this.type == String.class;
	}

	boolean isOrdered() {
		return Comparable.class.isAssignableFrom(this.type);
	}

	@Override
	String describe() {
		return this.type.getTypeName();
	}

	@Override
	@Nullable Place partOf(@Nullable Object value, String key) {
		return (value instanceof Record instance) ? this.records.of(instance.getClass()).part(key) : null;
	}

	@Override
	void check(Location at, Object value, @Nullable Object before) {
		checkInstance(at, value);
		if (value instanceof Record instance) {
			this.records.of(instance.getClass()).check(at, value, before);
		}
	}

	@Override
	void checkPart(Location at, Object value, ChangedPart part) {
		checkInstance(at, value);
		if (value instanceof Record instance) {
			this.records.of(instance.getClass()).checkPart(at, value, part);
		}
	}

	@Override
	void checkConstraints(Location at, Object value, ChangedPart part) {
		if (value instanceof Record instance) {
			this.records.of(instance.getClass()).checkConstraints(at, value, part);
		}
	}

	private void checkInstance(Location at, Object value) {
		if (!this.type.isInstance(value)) {
			throw at.wrongType(describe(), value);
		}
	}

	@Override
	Object convert(Location at, Object value) {
		if (this.type.isInstance(value)) {
			return value;
		}
		if (value instanceof Number && isNumber()) {
			return convertNumber(at, value);
		}
		Object converted = (value instanceof String text) ? TextForms.parse(text, this.type) : null;
		return (converted != null) ? converted : value;
	}

	private Object convertNumber(Location at, Object value) {
		try {
			Object converted = TypedReads.convert(at.toPath(), value, this.type);
			return (converted != null) ? converted : value;
		}
		catch (IncompatibleValueException ex) {
			return value;
		}
	}

}
