package io.theus.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.process.InvalidArgumentException;
import io.theus.process.ProcessDefinition;
import io.theus.workflow.Operand;
import io.theus.workflow.StepArguments;
import io.theus.workflow.StepScope;

/**
 * What a step calls, and with what.
 */
sealed interface Call {

	/**
	 * Return the process.
	 * @return the process
	 */
	ProcessDefinition process();

	/**
	 * Compute the arguments.
	 * @param scope what the expressions of the step see
	 * @param inputs the inputs of the run
	 * @return the arguments by name, not converted yet
	 */
	Map<String, @Nullable Object> arguments(StepScope scope, Map<String, @Nullable Object> inputs);

	/**
	 * A call that the definition names.
	 *
	 * @param process the process
	 * @param given what the step passes
	 * @param fromInputs the arguments that come from the inputs of the run
	 */
	record Declared(ProcessDefinition process, StepArguments given, List<String> fromInputs) implements Call {

		@Override
		public Map<String, @Nullable Object> arguments(StepScope scope, Map<String, @Nullable Object> inputs) {
			Map<String, @Nullable Object> arguments = new LinkedHashMap<>(this.given.evaluate(scope));
			this.fromInputs.forEach((name) -> arguments.put(name, inputs.get(name)));
			return arguments;
		}

	}

	/**
	 * A call that an expression names. Its arguments are what the step passes and nothing
	 * else.
	 *
	 * @param process the process
	 * @param given gives the arguments, a map by name or null for none
	 */
	record Chosen(ProcessDefinition process, Operand given) implements Call {

		@Override
		public Map<String, @Nullable Object> arguments(StepScope scope, Map<String, @Nullable Object> inputs) {
			Object value = this.given.evaluate(scope);
			if (value == null) {
				return Map.of();
			}
			if (!(value instanceof Map<?, ?> map)) {
				throw new InvalidArgumentException(this.process.id(), "with",
						"the arguments are no map by name, expected=map actual=%s"
							.formatted(value.getClass().getName()));
			}
			Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
			map.forEach((name, argument) -> arguments.put(name(name), argument));
			return arguments;
		}

		private String name(@Nullable Object name) {
			if (name instanceof String text) {
				return text;
			}
			throw new InvalidArgumentException(this.process.id(), String.valueOf(name),
					"the name of an argument is a text, expected=java.lang.String actual=%s"
						.formatted((name != null) ? name.getClass().getName() : "null"));
		}

	}

}
