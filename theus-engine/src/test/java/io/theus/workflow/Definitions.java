package io.theus.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.SourcePosition;

/**
 * Makes definitions out of their parts, for tests of what happens to them later. Each
 * name stands in a line of its own, where errors can point at it.
 */
public final class Definitions {

	private final String name;

	private final Map<String, WorkflowInput> inputs = new LinkedHashMap<>();

	private int line;

	public Definitions(String name) {
		this.name = name;
	}

	public Definitions input(String input, InputType type) {
		this.inputs.put(input, new WorkflowInput(input, type, true, null));
		return this;
	}

	public Definitions optional(String input, InputType type, @Nullable Object value) {
		this.inputs.put(input, new WorkflowInput(input, type, false, value));
		return this;
	}

	public Workflow of(Step... steps) {
		return of(WorkflowOptions.NONE, steps);
	}

	public Workflow of(WorkflowOptions options, Step... steps) {
		return new Workflow(this.name, "test.yml", position(this.name), block("steps", steps), this.inputs, options);
	}

	public static Block block(String address, Step... steps) {
		return new Block(address.substring(address.lastIndexOf('.') + 1), address, List.of(steps));
	}

	public Name name(String text) {
		return new Name(text, position(text));
	}

	// The line consists of the text alone
	private SourcePosition position(String text) {
		return new SourcePosition("test.yml", ++this.line, 1, text);
	}

	public StepLabel label(String id) {
		return new StepLabel(id, id, position(id));
	}

	public static Operand operand(@Nullable Object value) {
		return Operand.of(value, StepScope.ROOTS);
	}

	public StepArguments arguments(Map<String, ?> values) {
		Map<String, Operand> operands = new LinkedHashMap<>();
		Map<String, SourcePosition> positions = new LinkedHashMap<>();
		values.forEach((argument, value) -> {
			operands.put(argument, operand(value));
			positions.put(argument, position(argument));
		});
		return new StepArguments(operands, positions);
	}

	public ProcessStep process(String process) {
		return process(process, process, Map.of(), CallOptions.NONE);
	}

	public ProcessStep process(String id, String process, Map<String, ?> arguments, CallOptions options) {
		return new ProcessStep(label(id), name(process), arguments(arguments), options);
	}

	public CallStep call(String id, @Nullable Object process, List<String> allowed, @Nullable Object arguments,
			CallOptions options) {
		return new CallStep(label(id), operand(process), allowed.stream().map(this::name).toList(), operand(arguments),
				options);
	}

	public WorkflowStep workflow(String id, String workflow, Map<String, ?> arguments) {
		return new WorkflowStep(label(id), name(workflow), arguments(arguments));
	}

	public CallOptions catching(String... errors) {
		List<ErrorHandler> handlers = new ArrayList<>();
		Stream.of(errors).forEach((error) -> handlers.add(new ErrorHandler(name(error), block("catch." + error))));
		return new CallOptions(null, null, null, handlers, null);
	}

	public CallOptions compensating(String process) {
		return new CallOptions(null, null, null, List.of(), name(process));
	}

}
