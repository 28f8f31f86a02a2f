package io.theus.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.contract.BoundContract;
import io.theus.contract.InvalidContractException;
import io.theus.contract.ReadScope;
import io.theus.contract.VariableValues;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.PlaceholderValues;
import io.theus.path.Segments;
import io.theus.state.NoSuchPathException;
import io.theus.state.RecordShape;
import io.theus.state.Snapshot;
import io.theus.state.StateTree;
import io.theus.state.TypedReads;
import io.theus.transaction.Scope;

/**
 * Binds one call: fills the supplied parameters and narrows the contract to the values of
 * the call. A bound value is one literal segment and is never parsed.
 */
final class CallBinder {

	private static final InputSource NO_INPUTS = (path) -> StateTree.ABSENT;

	private final ProcessDefinition process;

	private final int[] inputOrder;

	// By name of placeholder: looked up in each call
	private final Map<String, Source> sources = new HashMap<>();

	CallBinder(ProcessDefinition process) {
		this.process = process;
		this.inputOrder = inputOrder(process).stream().mapToInt(Integer::intValue).toArray();
		KeyTemplate once = process.rules().once();
		Stream<String> patterns = Stream
			.concat(process.contract().inputs().stream(), process.contract().outputs().stream())
			.flatMap((pattern) -> pattern.placeholders().stream());
		Stream.concat(patterns, (once != null) ? once.placeholders().stream() : Stream.empty())
			.forEach((placeholder) -> this.sources.computeIfAbsent(placeholder, this::source));
	}

	private Source source(String placeholder) {
		if (placeholder.startsWith("@")) {
			return Source.VARIABLE;
		}
		String[] names = placeholder.split("\\.", -1);
		return new Source(indexOf(names[0]), Arrays.copyOfRange(names, 1, names.length));
	}

	// An input may be named by the path of another one, which is then read before it
	/**
	 * Return whether what a call touches depends on the state.
	 * @return whether a placeholder of the contract stands for an input or a part of one
	 */
	boolean dependsOnInputs() {
		return this.sources.values()
			.stream()
			.anyMatch((source) -> source != Source.VARIABLE
					&& this.process.parameters().get(source.parameter).kind() == Parameter.Kind.INPUT);
	}

	private static List<Integer> inputOrder(ProcessDefinition process) {
		List<Integer> order = new ArrayList<>();
		List<Parameter> parameters = process.parameters();
		List<Integer> waiting = new ArrayList<>();
		for (int i = 0; i < parameters.size(); i++) {
			if (parameters.get(i).kind() == Parameter.Kind.INPUT) {
				waiting.add(i);
			}
		}
		while (!waiting.isEmpty()) {
			List<Integer> ready = waiting.stream()
				.filter((index) -> !dependsOnAny(parameters.get(index), parameters, waiting))
				.toList();
			if (ready.isEmpty()) {
				throw new InvalidContractException(process.id(), "its @Input paths depend on each other",
						"let one of them depend on arguments only");
			}
			order.addAll(ready);
			waiting.removeAll(ready);
		}
		return order;
	}

	private static boolean dependsOnAny(Parameter input, List<Parameter> parameters, List<Integer> waiting) {
		PathPattern pattern = input.input();
		return pattern != null && pattern.placeholders()
			.stream()
			.anyMatch((placeholder) -> waiting.stream()
				.anyMatch((index) -> parameters.get(index).name().equals(firstName(placeholder))));
	}

	private static String firstName(String placeholder) {
		int dot = placeholder.indexOf('.');
		return (dot < 0) ? placeholder : placeholder.substring(0, dot);
	}

	/**
	 * Bind a call.
	 * @param given the values of all parameters as the caller passed them; what is
	 * supplied is ignored
	 * @param scope reads the inputs
	 * @param context the context of the attempt
	 * @param variables the values of contract variables for the execution
	 * @return the contract of the call and the values for the method
	 */
	Call bind(@Nullable Object[] given, Scope scope, ProcessContext context, VariableValues variables) {
		return bind(given, (this.inputOrder.length > 0) ? (path) -> scope.read(path, ReadScope.VALUE) : NO_INPUTS,
				context, variables);
	}

	/**
	 * Narrow the contract to a call that is to come.
	 * @param given the values of all parameters
	 * @param snapshot where the inputs are read
	 * @param variables the values of contract variables for the execution
	 * @return the contract of the call, if nothing changes until then
	 */
	BoundContract foresee(@Nullable Object[] given, Snapshot snapshot, VariableValues variables) {
		return bind(given, (path) -> StateTree.find(snapshot.root(), path), null, variables).contract();
	}

	private Call bind(@Nullable Object[] given, InputSource source, @Nullable ProcessContext context,
			VariableValues variables) {
		List<Parameter> parameters = this.process.parameters();
		@Nullable Object[] values = given.clone();
		for (int i = 0; i < values.length; i++) {
			if (parameters.get(i).kind() == Parameter.Kind.CONTEXT) {
				values[i] = context;
			}
		}
		List<Path> inputs = (this.inputOrder.length > 0) ? new ArrayList<>(this.inputOrder.length) : List.of();
		for (int index : this.inputOrder) {
			Path path = inputPath(parameters.get(index), values, variables);
			inputs.add(path);
			values[index] = readInput(parameters.get(index), path, source);
		}
		CallValues placeholders = new CallValues(values, variables);
		return new Call(this.process.contract().bind(placeholders), values, inputs, placeholders);
	}

	/**
	 * Find what identifies an execution.
	 * @param template the key that the process declares
	 * @param given the values of all parameters as the caller passed them
	 * @param variables the values of contract variables for the execution
	 * @return the key of the call
	 */
	ExecutionKey key(KeyTemplate template, @Nullable Object[] given, VariableValues variables) {
		CallValues values = new CallValues(given, variables);
		return template.fill((placeholder) -> {
			String segment = values.segment(placeholder);
			if (segment == null) {
				throw new InvalidArgumentException(this.process.id(), placeholder,
						"a collection cannot be the key of an execution, pass one value");
			}
			return segment;
		});
	}

	private Path inputPath(Parameter parameter, @Nullable Object[] values, VariableValues variables) {
		PathPattern pattern = Objects.requireNonNull(parameter.input());
		List<PathPattern> narrowed = pattern.narrow(new CallValues(values, variables));
		if (narrowed.size() != 1) {
			throw new InvalidArgumentException(this.process.id(), parameter.name(),
					"input '%s' names %d paths in this call, pass just one value".formatted(pattern, narrowed.size()));
		}
		return narrowed.get(0).toPath();
	}

	private @Nullable Object readInput(Parameter parameter, Path path, InputSource source) {
		Object value = source.read(path);
		if (value == StateTree.ABSENT) {
			return absentInput(parameter, path);
		}
		return TypedReads.convert(path, value, parameter.type());
	}

	private @Nullable Object absentInput(Parameter parameter, Path path) {
		if (!parameter.optional()) {
			throw new NoSuchPathException(path, this.process.id(), parameter.name());
		}
		return isOptional(parameter) ? Optional.empty() : null;
	}

	private static boolean isOptional(Parameter parameter) {
		return parameter.type().getTypeName().startsWith(Optional.class.getName());
	}

	private int indexOf(String name) {
		List<Parameter> parameters = this.process.parameters();
		for (int i = 0; i < parameters.size(); i++) {
			if (parameters.get(i).name().equals(name)) {
				return i;
			}
		}
		throw new InvalidArgumentException(this.process.id(), name, "there is no such parameter");
	}

	private @Nullable Object component(String placeholder, @Nullable Object value, String name) {
		if (value instanceof Optional<?> optional) {
			return component(placeholder, optional.orElse(null), name);
		}
		if (value instanceof Record instance) {
			RecordShape shape = RecordShape.of(instance.getClass());
			int index = shape.indexOf(name);
			if (index >= 0) {
				return shape.get(instance, index);
			}
		}
		if (value instanceof Map<?, ?> map && map.containsKey(name)) {
			return map.get(name);
		}
		throw new InvalidArgumentException(this.process.id(), placeholder, "a value of type %s has no component '%s'"
			.formatted((value != null) ? value.getClass().getName() : "null", name));
	}

	// A variable is always one segment
	private String variable(String placeholder, VariableValues variables) {
		Object value;
		try {
			value = variables.get(placeholder);
		}
		catch (RuntimeException ex) {
			InvalidArgumentException failure = new InvalidArgumentException(this.process.id(), placeholder,
					"its contract variable has no value on this thread, it failed with " + ex.getClass().getName());
			failure.initCause(ex);
			throw failure;
		}
		return segment(placeholder, value,
				"let its contract variable give non-empty text, an integer, an enum or a UUID");
	}

	private String segment(String placeholder, @Nullable Object value) {
		return segment(placeholder, value, "pass non-empty text, an integer, an enum or a UUID");
	}

	private String segment(String placeholder, @Nullable Object value, String remedy) {
		Object key = (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
		String segment = Segments.textOf(key);
		if (segment == null) {
			throw new InvalidArgumentException(this.process.id(), placeholder,
					"%s cannot be a key of the state, %s".formatted((key != null)
							? "a value of type " + key.getClass().getName() + (key.equals("") ? " that is empty" : "")
							: "null", remedy));
		}
		return segment;
	}

	/**
	 * Where inputs are read.
	 */
	@FunctionalInterface
	private interface InputSource {

		/**
		 * Read a value.
		 * @param path where it is
		 * @return a stored value or {@link StateTree#ABSENT}
		 */
		@Nullable Object read(Path path);

	}

	/**
	 * What the placeholders stand for in a call, found in the values of its parameters.
	 */
	private final class CallValues implements PlaceholderValues {

		private final @Nullable Object[] values;

		private final VariableValues variables;

		CallValues(@Nullable Object[] values, VariableValues variables) {
			this.values = values;
			this.variables = variables;
		}

		@Override
		public List<String> segments(String placeholder) {
			Object value = value(placeholder);
			if (!(value instanceof Collection<?> elements)) {
				return List.of(CallBinder.this.segment(placeholder, value));
			}
			List<String> segments = new ArrayList<>(elements.size());
			for (Object element : elements) {
				segments.add(CallBinder.this.segment(placeholder, element));
			}
			return segments;
		}

		@Override
		public @Nullable String segment(String placeholder) {
			Object value = value(placeholder);
			// Text first: whether it is a collection takes longer to see
			boolean several = !(value instanceof String) && value instanceof Collection<?>;
			return several ? null : CallBinder.this.segment(placeholder, value);
		}

		private @Nullable Object value(String placeholder) {
			Source known = CallBinder.this.sources.get(placeholder);
			Source source = (known != null) ? known : CallBinder.this.source(placeholder);
			if (source == Source.VARIABLE) {
				return CallBinder.this.variable(placeholder, this.variables);
			}
			Object value = this.values[source.parameter];
			for (String component : source.components) {
				value = component(placeholder, value, component);
			}
			return value;
		}

	}

	/**
	 * Where the value of a placeholder comes from.
	 */
	private static final class Source {

		// A contract variable, known by its name
		static final Source VARIABLE = new Source(-1, new String[0]);

		private final int parameter;

		private final String[] components;

		Source(int parameter, String[] components) {
			this.parameter = parameter;
			this.components = components;
		}

	}

	/**
	 * A bound call.
	 */
	static final class Call {

		private final BoundContract contract;

		private final @Nullable Object[] values;

		private final List<Path> inputs;

		private final PlaceholderValues placeholders;

		Call(BoundContract contract, @Nullable Object[] values, List<Path> inputs, PlaceholderValues placeholders) {
			this.contract = contract;
			this.values = values;
			this.inputs = inputs;
			this.placeholders = placeholders;
		}

		// The contract narrowed to the call
		BoundContract contract() {
			return this.contract;
		}

		// The values of all parameters
		@Nullable Object[] values() {
			return this.values;
		}

		// The paths that were read for supplied parameters
		List<Path> inputs() {
			return this.inputs;
		}

		// What the placeholders of the contract stand for
		PlaceholderValues placeholders() {
			return this.placeholders;
		}

	}

}
