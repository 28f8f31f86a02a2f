package io.theus.audit.recipe;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A text, list, set or map is long or short enough. The length of a text is that of
 * expressions: its number of Unicode code points.
 *
 * @param lower whether it is to be at least that long
 * @param bound the length
 */
record LengthCheck(boolean lower, long bound) implements Check {

	@Override
	public String key() {
		return this.lower ? "min-len" : "max-len";
	}

	@Override
	public Object operand() {
		return this.bound;
	}

	@Override
	public boolean holds(Object value, @Nullable ValueScope scope) {
		long length = length(value);
		return length >= 0 && (this.lower ? length >= this.bound : length <= this.bound);
	}

	private static long length(Object value) {
		if (value instanceof String text) {
			return text.codePointCount(0, text.length());
		}
		if (value instanceof Collection<?> collection) {
			return collection.size();
		}
		if (value instanceof Map<?, ?> map) {
			return map.size();
		}
		if (value instanceof CharSequence text) {
			return Character.codePointCount(text, 0, text.length());
		}
		if (value instanceof Character) {
			return 1;
		}
		return value.getClass().isArray() ? Array.getLength(value) : -1;
	}

	@Override
	public String problem(Object value) {
		if (length(value) < 0) {
			return Check.mismatch(key(), "a text, list, set or map", value);
		}
		return "is %s than %s=%d".formatted(this.lower ? "shorter" : "longer", key(), this.bound);
	}

}
