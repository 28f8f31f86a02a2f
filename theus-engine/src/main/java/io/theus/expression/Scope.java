package io.theus.expression;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Gives the first names of an expression their values.
 *
 * <p>
 * Values are maps with text as keys, lists, sets, records, {@link Navigable}s and
 * scalars: booleans, text, numbers, characters, enums, {@code java.time} values and other
 * values that have a text form. Values of further types can be passed on and compared for
 * equality.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Scope {

	/**
	 * Return the value of a first name. Called once for each occurrence of the name that
	 * is evaluated; what it throws leaves the evaluation unchanged.
	 * @param root one of the names that were declared when the expression was compiled
	 * @return the value, {@code null} if it is absent
	 */
	@Nullable Object resolve(String root);

	/**
	 * Create a scope from a map.
	 * @param values values by first name, not copied
	 * @return a scope in which a name that the map does not contain is absent
	 */
	static Scope of(Map<String, ?> values) {
		return values::get;
	}

}
