package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Expression;

/**
 * Collects steps that follow each other.
 *
 * @param <B> the type of the builder
 * @since 0.1.0
 */
public abstract sealed class StepSequence<B extends StepSequence<B>> permits WorkflowBuilder, StepsBuilder {

	private final List<StepDraft> steps = new ArrayList<>();

	StepSequence() {
	}

	abstract B self();

	List<StepDraft> steps() {
		return this.steps;
	}

	/**
	 * Add a call of a process, whose arguments come from the inputs of the same names.
	 * @param process the id or name of the process; {@code charge_payment} stands for
	 * {@code chargePayment}
	 * @return this
	 */
	public B process(String process) {
		return process(process, Map.of());
	}

	/**
	 * Add a call of a process.
	 * @param process the id or name of the process
	 * @param arguments values by argument, texts with expressions in <code>#{}</code>;
	 * what is missing comes from the inputs of the same names
	 * @return this
	 * @throws io.theus.expression.ExpressionSyntaxException if an expression is invalid
	 */
	public B process(String process, Map<String, ? extends @Nullable Object> arguments) {
		return add(StepDrafts.process(new Name(process, null), StepArguments.of(arguments, StepScope.ROOTS)));
	}

	/**
	 * Add steps that run if a condition holds.
	 * @param condition an expression
	 * @param then adds the steps
	 * @return this
	 * @throws io.theus.expression.ExpressionSyntaxException if the expression is invalid
	 */
	public B when(String condition, Consumer<StepsBuilder> then) {
		return add(new IfDraft().branch(compile(condition), collect(then)).otherwise(null));
	}

	/**
	 * Add steps of which some run if a condition holds and the others if it does not.
	 * @param condition an expression
	 * @param then adds the steps that run if it holds
	 * @param otherwise adds the steps that run if it does not
	 * @return this
	 * @throws io.theus.expression.ExpressionSyntaxException if the expression is invalid
	 */
	public B when(String condition, Consumer<StepsBuilder> then, Consumer<StepsBuilder> otherwise) {
		return add(new IfDraft().branch(compile(condition), collect(then)).otherwise(collect(otherwise)));
	}

	/**
	 * Add steps that are repeated while a condition holds before them.
	 * @param condition an expression
	 * @param body adds the steps
	 * @return this
	 * @throws io.theus.expression.ExpressionSyntaxException if the expression is invalid
	 */
	public B repeatWhile(String condition, Consumer<StepsBuilder> body) {
		return add(StepDrafts.loop(compile(condition), collect(body)));
	}

	/**
	 * Add a named group of steps.
	 * @param id the id of the group
	 * @param body adds the steps
	 * @return this
	 */
	public B group(String id, Consumer<StepsBuilder> body) {
		return add(StepDrafts.group(collect(body)).withId(id, null));
	}

	/**
	 * Give the step that was added last an id.
	 * @param id its identity in the workflow, under which expressions find its result
	 * @return this
	 * @throws IllegalStateException if no step was added yet
	 */
	public B id(String id) {
		if (this.steps.isEmpty()) {
			throw new IllegalStateException("id '%s' belongs to no step, add the step before it".formatted(id));
		}
		int last = this.steps.size() - 1;
		this.steps.set(last, this.steps.get(last).withId(id, null));
		return self();
	}

	private B add(StepDraft step) {
		this.steps.add(step);
		return self();
	}

	private static Condition compile(String condition) {
		return new Condition(Expression.compile(condition, StepScope.ROOTS), null);
	}

	private static List<StepDraft> collect(Consumer<StepsBuilder> body) {
		StepsBuilder builder = new StepsBuilder();
		body.accept(builder);
		return List.copyOf(builder.steps());
	}

}
