package io.theus.store;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.contract.VariableValues;
import io.theus.internal.collection.PersistentMap;

/**
 * What a commit wants of runs of workflows. It is carried out after the commit, once.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public sealed interface RunOrder {

	/**
	 * Return which workflow it is about.
	 * @return the name of the workflow
	 */
	String workflow();

	/**
	 * Starts a run.
	 *
	 * @param workflow the name of the workflow
	 * @param key identifies the run among those of its workflow, {@code null} for a run
	 * that nobody else can mean
	 * @param inputs what it is given, by name, stored values
	 * @param variables the contract variables of whoever has started it
	 * @param trace what continues the trace that it was started in, by name
	 */
	record Start(String workflow, @Nullable String key, Map<String, @Nullable Object> inputs, VariableValues variables,
			Map<String, String> trace) implements RunOrder {

		/**
		 * Copy the inputs.
		 */
		public Start {
			inputs = PersistentMap.copyOf(inputs);
			trace = Map.copyOf(trace);
		}

	}

	/**
	 * Sends a signal to one run.
	 *
	 * @param workflow the name of the workflow
	 * @param key identifies the run
	 * @param signal the name of the signal
	 * @param payload a stored value
	 */
	record Send(String workflow, String key, String signal, @Nullable Object payload) implements RunOrder {

		/**
		 * Check that there is a key.
		 */
		public Send {
			Objects.requireNonNull(key, "a signal reaches a run by its key");
		}

	}

}
