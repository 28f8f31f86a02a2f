package io.theus.contract;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The values of contract variables as one execution sees them: each is taken when it is
 * first needed and stays the same from then on.
 * <p>
 * Not safe for use by several threads, except for what {@link #takeAll()} returns. Made
 * for extension by what stands for an execution, so that an execution without variables
 * needs no further object.
 *
 * @since 0.1.0
 */
public class VariableValues {

	/**
	 * The values of an engine without variables.
	 */
	public static final VariableValues NONE = new VariableValues(ContractVariables.NONE);

	// What was taken elsewhere and counts on this thread: of a run, of who submitted
	private static final ThreadLocal<@Nullable VariableValues> GIVEN = new ThreadLocal<>();

	private final ContractVariables variables;

	private @Nullable Map<String, Taken> taken;

	/**
	 * Create values, none of which is taken yet.
	 * @param variables the variables of the engine
	 */
	public VariableValues(ContractVariables variables) {
		this.variables = variables;
	}

	/**
	 * Return the value of a variable.
	 * @param placeholder its name with the {@code @}
	 * @return the value, of whatever type
	 * @throws RuntimeException what the variable failed with when it was asked
	 */
	public final @Nullable Object get(String placeholder) {
		Taken value = take(placeholder);
		if (value.failure != null) {
			throw value.failure;
		}
		return value.value;
	}

	private Taken take(String placeholder) {
		Map<String, Taken> known = this.taken;
		if (known == null) {
			known = new HashMap<>();
			this.taken = known;
		}
		Taken value = known.get(placeholder);
		if (value == null) {
			VariableValues given = given();
			value = (given != null) ? given.take(placeholder) : ask(placeholder);
			known.put(placeholder, value);
		}
		return value;
	}

	// Each engine has variables of its own
	private @Nullable VariableValues given() {
		VariableValues given = GIVEN.get();
		return (given != null && given.variables == this.variables) ? given : null;
	}

	private Taken ask(String placeholder) {
		try {
			return new Taken(this.variables.get(placeholder).value(), null);
		}
		catch (RuntimeException ex) {
			return new Taken(null, ex);
		}
	}

	/**
	 * Take all values now, for executions on other threads. A variable that fails fails
	 * those who need it.
	 * @return the values, which do not change any more
	 */
	public final VariableValues takeAll() {
		if (this.variables.isEmpty()) {
			return NONE;
		}
		VariableValues all = new VariableValues(this.variables);
		Map<String, Taken> values = new HashMap<>();
		this.variables.placeholders().forEach((placeholder) -> values.put(placeholder, take(placeholder)));
		all.taken = values;
		return all;
	}

	/**
	 * Run something whose executions see these values.
	 * @param <T> the type of the result
	 * @param <X> what it throws
	 * @param call what to run
	 * @return what it returned
	 * @throws X what it threw, unchanged
	 */
	public final <T extends @Nullable Object, X extends Throwable> T during(Call<T, X> call) throws X {
		if (this.variables.isEmpty()) {
			return call.run();
		}
		VariableValues outer = GIVEN.get();
		GIVEN.set(this);
		try {
			return call.run();
		}
		finally {
			// To remove it would cost the next one a search
			GIVEN.set(outer);
		}
	}

	/**
	 * What runs with given values.
	 *
	 * @param <T> the type of the result
	 * @param <X> what it throws
	 */
	@FunctionalInterface
	public interface Call<T extends @Nullable Object, X extends Throwable> {

		/**
		 * Run.
		 * @return the result
		 * @throws X whatever it throws
		 */
		T run() throws X;

	}

	/**
	 * What a variable answered.
	 *
	 * @param value its value
	 * @param failure what it failed with instead, {@code null} if it did not
	 */
	private record Taken(@Nullable Object value, @Nullable RuntimeException failure) {

	}

}
