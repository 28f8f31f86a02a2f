package io.theus.audit.recipe;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a rule demands of a value. Immutable and safe for use by several threads.
 */
interface Check {

	/**
	 * Return how it is written in a recipe.
	 * @return the key
	 */
	String key();

	/**
	 * Return what is demanded.
	 * @return what stands after the key
	 */
	Object operand();

	/**
	 * Tell whether a value is as demanded. Allocates nothing where that can be avoided.
	 * @param value the value, neither null nor absent
	 * @param scope what expressions see
	 * @return whether it is; false also where the check does not apply to the value
	 */
	boolean holds(Object value, @Nullable ValueScope scope);

	/**
	 * Say what is wrong with a value for which the check does not hold.
	 * @param value the value, which the text must not show
	 * @return the end of a sentence that begins with the name of the field
	 */
	String problem(Object value);

	/**
	 * Return whether the check looks at more than the value.
	 * @return whether it needs a scope
	 */
	default boolean needsScope() {
		return false;
	}

	/**
	 * Make the check ready for a process.
	 * @param names the names that expressions may use
	 * @return the check to be asked
	 * @throws InvalidAuditRecipeException if an expression is invalid
	 */
	default Check bind(Set<String> names) {
		return this;
	}

	/**
	 * Say that a check does not apply to values of this kind.
	 * @param key the check
	 * @param needs what it applies to
	 * @param value the value
	 * @return the end of the sentence
	 */
	static String mismatch(String key, String needs, Object value) {
		return "is %s, and '%s' needs %s".formatted(ValueKinds.describe(value), key, needs);
	}

}
