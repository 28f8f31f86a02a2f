package io.theus.parallel;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.path.PathPattern;

/**
 * What a worker is told to run, and all that it gets for it.
 *
 * @param process the id of the process
 * @param executionId the identity of the execution
 * @param attempt which attempt of it this is, 1 for the first
 * @param target the code
 * @param arguments a value for each parameter, in order
 * @param inputs what the code may read of the state
 * @param trace what the log of the worker names beside each line while the code runs, for
 * example the id of a trace
 * @since 0.1.0
 */
public record WorkerCall(String process, String executionId, int attempt, Target target, List<Argument> arguments,
		Inputs inputs, Map<String, String> trace) {

	/**
	 * Create a call.
	 */
	public WorkerCall {
		arguments = List.copyOf(arguments);
		trace = Map.copyOf(trace);
	}

	/**
	 * The code that is run.
	 *
	 * @param type the name of the class, of which the worker makes an instance
	 * @param method the name of the method
	 * @param parameterTypes the names of the types of its parameters, as
	 * {@link Class#getName()} has them
	 */
	public record Target(String type, String method, List<String> parameterTypes) {

		/**
		 * Create a target.
		 */
		public Target {
			parameterTypes = List.copyOf(parameterTypes);
		}

		/**
		 * Name a method.
		 * @param type the class of which the worker makes an instance
		 * @param method the method, which this class has or inherits
		 * @return the target
		 */
		public static Target of(Class<?> type, Method method) {
			return new Target(type.getName(), method.getName(),
					Stream.of(method.getParameterTypes()).map(Class::getName).toList());
		}

	}

	/**
	 * What is passed for a parameter.
	 *
	 * @param name the name of the parameter, for messages
	 * @param value the value, if it is not the context
	 * @param isContext whether the context is passed
	 */
	public record Argument(String name, @Nullable Object value, boolean isContext) {

		/**
		 * Pass a value.
		 * @param name the name of the parameter
		 * @param value the value. One that is an input, too, travels only once
		 * @return the argument
		 */
		public static Argument of(String name, @Nullable Object value) {
			return new Argument(name, value, false);
		}

		/**
		 * Pass the context of the worker.
		 * @param name the name of the parameter
		 * @return the argument
		 */
		public static Argument context(String name) {
			return new Argument(name, null, true);
		}

	}

	/**
	 * What the code may read of the state.
	 *
	 * @param patterns the declared inputs, with placeholders bound
	 * @param values what is stored below the places that they cover, by path
	 * @param version the version of the snapshot
	 */
	public record Inputs(List<PathPattern> patterns, Map<Path, @Nullable Object> values, long version) {

		/**
		 * Create inputs.
		 */
		public Inputs {
			patterns = List.copyOf(patterns);
			values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
		}

	}

}
