package io.theus.test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.state.State;
import io.theus.state.StateChange;
import io.theus.state.Values;

/**
 * Assertions on a state. Values are compared as the state stores them: a map given as
 * expectation equals a stored map of the same content. Numbers are compared by value,
 * whatever their type.
 *
 * @since 0.1.0
 */
public final class StateAssert extends AbstractAssert<StateAssert, State> {

	/**
	 * Stands for a removed path in an expected delta.
	 */
	public static final Object REMOVED = new Object() {

		@Override
		public String toString() {
			return "removed";
		}

	};

	private static final int MAX_ZEROS = 20;

	private static final Values VALUES = new Values(Set.of());

	StateAssert(State actual) {
		super(actual, StateAssert.class);
	}

	/**
	 * Demand a value.
	 * @param path the path
	 * @param value the value
	 * @return this
	 */
	public StateAssert contains(String path, @Nullable Object value) {
		isNotNull();
		Assertions.assertThat(this.actual.contains(path)).as("presence of '%s'", path).isTrue();
		Object stored = this.actual.find(path).orElse(null);
		Assertions.assertThat(comparable(stored)).as("value at '%s'", path).isEqualTo(accepted(path, value));
		return this;
	}

	/**
	 * Demand absence.
	 * @param path the path
	 * @return this
	 */
	public StateAssert doesNotContain(String path) {
		isNotNull();
		Assertions.assertThat(this.actual.contains(path)).as("presence of '%s'", path).isFalse();
		return this;
	}

	/**
	 * Demand a version.
	 * @param version the sequence number of the last commit
	 * @return this
	 */
	public StateAssert hasVersion(long version) {
		isNotNull();
		Assertions.assertThat(this.actual.version()).as("version").isEqualTo(version);
		return this;
	}

	/**
	 * Demand exactly these differences in a later state.
	 * @param after the later state
	 * @param changes the new values by path, {@link #REMOVED} for what was removed
	 * @return this
	 */
	public StateAssert hasDelta(State after, Map<String, ?> changes) {
		isNotNull();
		Map<String, @Nullable Object> expected = new TreeMap<>();
		changes.forEach((path, value) -> expected.put(path, (value != REMOVED) ? accepted(path, value) : REMOVED));
		Map<String, @Nullable Object> found = new TreeMap<>();
		for (StateChange change : this.actual.diff(after)) {
			found.put(change.path().toString(), change.isRemoval() ? REMOVED : comparable(change.after().orElse(null)));
		}
		Assertions.assertThat(found).as("changes of the state").isEqualTo(expected);
		return this;
	}

	private static @Nullable Object accepted(String path, @Nullable Object value) {
		return comparable(VALUES.accept(Path.parse(path), value));
	}

	// 100 and 100L are the same number to whoever writes a test
	private static @Nullable Object comparable(@Nullable Object value) {
		if (value instanceof Number number) {
			BigDecimal stripped = new BigDecimal(number.toString()).stripTrailingZeros();
			// Where a test fails it shows 70 and not 7E+1
			return (stripped.scale() < 0 && stripped.scale() >= -MAX_ZEROS) ? stripped.setScale(0) : stripped;
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> converted = new TreeMap<>();
			map.forEach((key, each) -> converted.put(key, comparable(each)));
			return converted;
		}
		return (value instanceof List<?> list) ? list.stream().map(StateAssert::comparable).toList() : value;
	}

}
