package io.theus.process;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A process with its arguments, to be called together with others.
 * <p>
 * Immutable and safe for use by several threads, as far as the arguments are.
 *
 * @since 0.1.0
 */
public final class ProcessCall {

	private final String process;

	private final @Nullable List<@Nullable Object> inOrder;

	private final Map<String, @Nullable Object> byName;

	private ProcessCall(String process, @Nullable List<@Nullable Object> inOrder,
			Map<String, @Nullable Object> byName) {
		this.process = process;
		this.inOrder = inOrder;
		this.byName = byName;
	}

	/**
	 * Call a process with arguments in order.
	 * @param process the id, the short name, or a relaxed spelling of either
	 * @param arguments the arguments, without what the engine supplies
	 * @return the call, which is not checked yet
	 */
	public static ProcessCall of(String process, @Nullable Object... arguments) {
		List<@Nullable Object> inOrder = new ArrayList<>(arguments.length);
		for (Object argument : arguments) {
			inOrder.add(argument);
		}
		return new ProcessCall(process, inOrder, Map.of());
	}

	/**
	 * Call a process with arguments by name.
	 * @param process the id, the short name, or a relaxed spelling of either
	 * @param arguments the arguments, without what the engine supplies
	 * @return the call, which is not checked yet
	 */
	public static ProcessCall named(String process, Map<String, ? extends @Nullable Object> arguments) {
		return new ProcessCall(process, null, Collections.unmodifiableMap(new LinkedHashMap<>(arguments)));
	}

	/**
	 * Return what is called.
	 * @return the name as it was given
	 */
	public String process() {
		return this.process;
	}

	// By name, checked and converted
	Map<String, @Nullable Object> arguments(ProcessDefinition definition) {
		List<@Nullable Object> given = this.inOrder;
		@Nullable Object[] values = (given != null) ? Arguments.positional(definition, given.toArray())
				: Arguments.named(definition, this.byName);
		Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
		for (int i = 0; i < values.length; i++) {
			Parameter parameter = definition.parameters().get(i);
			if (parameter.kind() == Parameter.Kind.ARGUMENT) {
				arguments.put(parameter.name(), values[i]);
			}
		}
		return arguments;
	}

	@Override
	public String toString() {
		return this.process + ((this.inOrder != null) ? this.inOrder : this.byName);
	}

}
