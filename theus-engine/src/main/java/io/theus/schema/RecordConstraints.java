package io.theus.schema;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The constraints of one record class. They are checked component by component, so that
 * those of untouched components cost nothing.
 *
 * @since 0.1.0
 */
public interface RecordConstraints {

	/**
	 * Return whether the record as a whole is constrained.
	 * @return whether {@link #check(Record)} may find something
	 */
	boolean isOnRecord();

	/**
	 * Check the constraints on the record as a whole.
	 * @param instance the record
	 * @return what is broken, usually nothing
	 */
	List<Breach> check(Record instance);

	/**
	 * Check the constraints on one component and on its elements.
	 * @param component the component's name
	 * @param value its value
	 * @param changed the value itself; if it is a map or list of which only some elements
	 * are new, a collection of those, which suffices for constraints on elements
	 * @return what is broken, usually nothing
	 */
	List<Breach> check(String component, @Nullable Object value, @Nullable Object changed);

	/**
	 * A constraint that does not hold.
	 *
	 * @param keys where below what was checked, as component names and keys of maps,
	 * usually none
	 * @param message the constraint in words, for example {@code must be greater than 0}
	 */
	record Breach(List<String> keys, String message) {

	}

}
