package io.theus.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.internal.yaml.SourcePosition;

/**
 * The definition of a workflow. Definitions are immutable and shared by all runs; they
 * are read by a {@link WorkflowParser} or built in Java:
 *
 * <pre>{@code
 * Workflow.named("fulfil")
 *     .input("orderId", InputType.TEXT)
 *     .process("chargePayment")
 *     .when("domain.stock > 0", (then) -> then.process("ship"))
 *     .build();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Workflow {

	private final String name;

	private final String source;

	private final @Nullable SourcePosition position;

	private final Block body;

	private final Map<String, WorkflowInput> inputs;

	private final WorkflowOptions options;

	/**
	 * Create a workflow.
	 * @param name its name
	 * @param source where it comes from
	 * @param position where its name stands, {@code null} if it was built in Java
	 * @param body its steps
	 * @param inputs its inputs by name
	 * @param options what else it says
	 */
	Workflow(String name, String source, @Nullable SourcePosition position, Block body,
			Map<String, WorkflowInput> inputs, WorkflowOptions options) {
		this.name = name;
		this.source = source;
		this.position = position;
		this.body = body;
		this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
		this.options = options;
		WorkflowChecks.check(this);
	}

	/**
	 * Build a workflow in Java.
	 * @param name its name
	 * @return a builder without steps
	 */
	public static WorkflowBuilder named(String name) {
		if (name.isBlank()) {
			throw new IllegalArgumentException("a workflow needs a name: name='%s'".formatted(name));
		}
		return new WorkflowBuilder(name);
	}

	/**
	 * Return the name.
	 * @return the name, unique in an engine
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return where the definition comes from.
	 * @return the name of the file or other source, {@code Java} if it was built
	 */
	public String source() {
		return this.source;
	}

	/**
	 * Return the steps.
	 * @return the outermost block
	 */
	public Block body() {
		return this.body;
	}

	/**
	 * Return the inputs.
	 * @return unmodifiable, by name, in the order of the document
	 */
	public Map<String, WorkflowInput> inputs() {
		return this.inputs;
	}

	/**
	 * Return what the definition says about all its runs.
	 * @return the options
	 */
	public WorkflowOptions options() {
		return this.options;
	}

	/**
	 * Return where the name stands.
	 * @return the place in the document, {@code null} if the workflow was built in Java
	 */
	public @Nullable SourcePosition position() {
		return this.position;
	}

	/**
	 * Visit all steps, in the order of the document.
	 * @param action what to do with each
	 */
	public void forEachStep(Consumer<Step> action) {
		forEachStep(this.body, action);
		Block onError = this.options.onError();
		if (onError != null) {
			forEachStep(onError, action);
		}
	}

	private static void forEachStep(Block block, Consumer<Step> action) {
		for (Step step : block.steps()) {
			action.accept(step);
			step.blocks().forEach((inner) -> forEachStep(inner, action));
		}
	}

	/**
	 * Complete and check the inputs of a run.
	 * @param given the values that are given
	 * @return a value for each input, unmodifiable
	 * @throws InvalidInputException if one is missing, unknown or of another kind
	 */
	public Map<String, @Nullable Object> bind(Map<String, ? extends @Nullable Object> given) {
		for (String input : given.keySet()) {
			if (!this.inputs.containsKey(input)) {
				throw new InvalidInputException(this.name, input, "the workflow has no such input%s, known=%s"
					.formatted(Suggestions.didYouMean(input, this.inputs.keySet()), this.inputs.keySet()));
			}
		}
		Map<String, @Nullable Object> bound = new LinkedHashMap<>();
		for (WorkflowInput input : this.inputs.values()) {
			bound.put(input.name(),
					given.containsKey(input.name()) ? checked(input, given.get(input.name())) : defaultValue(input));
		}
		return Collections.unmodifiableMap(bound);
	}

	private @Nullable Object checked(WorkflowInput input, @Nullable Object value) {
		input.check(this.name, value);
		return value;
	}

	private @Nullable Object defaultValue(WorkflowInput input) {
		if (input.required()) {
			throw new InvalidInputException(this.name, input.name(),
					"it is missing and has no default, expected=%s, pass it at the start"
						.formatted(input.type().key()));
		}
		return input.defaultValue();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
