package io.theus.schema;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a YAML document demands of a value besides its type. A rule for another kind of
 * value does not apply.
 *
 * @param min the least number
 * @param max the greatest number
 * @param minSize the least number of characters, elements or entries
 * @param maxSize the greatest number of characters, elements or entries
 * @param pattern what a whole text must match
 * @param values the texts that are allowed, empty for any
 */
record ValueRules(@Nullable BigDecimal min, @Nullable BigDecimal max, @Nullable Integer minSize,
		@Nullable Integer maxSize, @Nullable Pattern pattern, List<String> values) {

	static final ValueRules NONE = new ValueRules(null, null, null, null, null, List.of());

	void check(Location at, Object value) {
		if (value instanceof Number number) {
			checkRange(at, number);
			return;
		}
		if (value instanceof String text) {
			checkText(at, text);
		}
		checkSize(at, value);
	}

	private void checkRange(Location at, Number number) {
		if (this.min == null && this.max == null) {
			return;
		}
		BigDecimal exact = exact(at, number);
		if (this.min != null && exact.compareTo(this.min) < 0) {
			throw at.breaks("at least " + this.min, number);
		}
		if (this.max != null && exact.compareTo(this.max) > 0) {
			throw at.breaks("at most " + this.max, number);
		}
	}

	private static BigDecimal exact(Location at, Number number) {
		if (number instanceof Double value && !Double.isFinite(value)) {
			throw at.breaks("a finite number", number);
		}
		return (number instanceof BigDecimal decimal) ? decimal : new BigDecimal(number.toString());
	}

	private void checkText(Location at, String text) {
		if (this.pattern != null && !this.pattern.matcher(text).matches()) {
			throw at.breaks("text matching " + this.pattern, text);
		}
		if (!this.values.isEmpty() && !this.values.contains(text)) {
			throw at.breaks("one of " + this.values, text);
		}
	}

	private void checkSize(Location at, Object value) {
		if (this.minSize == null && this.maxSize == null) {
			return;
		}
		int size = sizeOf(value);
		if (this.minSize != null && size < this.minSize) {
			throw at.breaks("size at least " + this.minSize, value);
		}
		if (this.maxSize != null && size > this.maxSize) {
			throw at.breaks("size at most " + this.maxSize, value);
		}
	}

	private static int sizeOf(Object value) {
		if (value instanceof String text) {
			return text.codePointCount(0, text.length());
		}
		return (value instanceof Map<?, ?> map) ? map.size() : ((Collection<?>) value).size();
	}

}
