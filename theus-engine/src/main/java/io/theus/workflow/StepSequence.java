package io.theus.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Expression;

/**
 * Collects steps that follow each other. Values are checked when they are given: one that
 * cannot be is an {@link IllegalArgumentException}, an invalid expression an
 * {@link io.theus.expression.ExpressionSyntaxException}.
 *
 * @param <B> the type of the builder
 * @since 0.1.0
 */
public abstract sealed class StepSequence<B extends StepSequence<B>> permits WorkflowBuilder, StepsBuilder {

	private final Set<String> names;

	private final List<StepDraft> steps = new ArrayList<>();

	StepSequence(Set<String> names) {
		this.names = names;
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
	 */
	public B process(String process, Map<String, ? extends @Nullable Object> arguments) {
		return process(process, (call) -> arguments.forEach(call::with));
	}

	/**
	 * Add a call of a process.
	 * @param process the id or name of the process
	 * @param options says how it is called
	 * @return this
	 */
	public B process(String process, Consumer<ProcessCallBuilder> options) {
		ProcessCallBuilder call = new ProcessCallBuilder(this.names);
		options.accept(call);
		return add(call.complete(process));
	}

	/**
	 * Add a call of the process that an expression names.
	 * @param process gives its name, in <code>#{}</code>
	 * @param options says which processes are {@linkplain DynamicCallBuilder#allow
	 * allowed}, and how they are called
	 * @return this
	 */
	public B call(String process, Consumer<DynamicCallBuilder> options) {
		DynamicCallBuilder call = new DynamicCallBuilder(this.names);
		options.accept(call);
		return add(call.complete(process));
	}

	/**
	 * Add another workflow, whose inputs come from those of the same names.
	 * @param workflow its name
	 * @return this
	 */
	public B workflow(String workflow) {
		return workflow(workflow, Map.of());
	}

	/**
	 * Add another workflow.
	 * @param workflow its name
	 * @param arguments values by input, texts with expressions in <code>#{}</code>; what
	 * is missing comes from the inputs of the same names
	 * @return this
	 */
	public B workflow(String workflow, Map<String, ? extends @Nullable Object> arguments) {
		return add(StepDrafts.workflow(new Name(workflow, null), StepArguments.of(arguments, this.names)));
	}

	/**
	 * Add steps that run if a condition holds.
	 * @param condition an expression
	 * @param then adds the steps
	 * @return this
	 */
	public B when(String condition, Consumer<StepsBuilder> then) {
		return add(new IfDraft().branch(condition(condition), collect(then)).otherwise(null));
	}

	/**
	 * Add steps of which some run if a condition holds and the others if it does not.
	 * @param condition an expression
	 * @param then adds the steps that run if it holds
	 * @param otherwise adds the steps that run if it does not
	 * @return this
	 */
	public B when(String condition, Consumer<StepsBuilder> then, Consumer<StepsBuilder> otherwise) {
		return add(new IfDraft().branch(condition(condition), collect(then)).otherwise(collect(otherwise)));
	}

	/**
	 * Add steps of which those run whose case equals a value.
	 * @param value gives the value, in <code>#{}</code>
	 * @param cases adds the cases
	 * @return this
	 */
	public B choose(String value, Consumer<CasesBuilder> cases) {
		CasesBuilder choice = new CasesBuilder(this.names, StepRules.computed(operand(value)));
		cases.accept(choice);
		return add(choice.complete());
	}

	/**
	 * Add steps that are repeated while a condition holds before them.
	 * @param condition an expression
	 * @param body adds the steps
	 * @return this
	 */
	public B repeatWhile(String condition, Consumer<StepsBuilder> body) {
		return add(StepDrafts.loop(condition(condition), collect(body)));
	}

	/**
	 * Add steps that are repeated for each item of a list, which is {@code item} in them.
	 * @param list gives it, in <code>#{}</code>
	 * @param body adds the steps
	 * @return this
	 */
	public B forEach(String list, Consumer<StepsBuilder> body) {
		return forEach(list, StepRules.ITEM, 1, body);
	}

	/**
	 * Add steps that are repeated for each item of a list.
	 * @param list gives it, in <code>#{}</code>
	 * @param variable the name of the item in expressions
	 * @param parallel how many items are taken care of at the same time, at least 1
	 * @param body adds the steps
	 * @return this
	 */
	public B forEach(String list, String variable, int parallel, Consumer<StepsBuilder> body) {
		return add(StepDrafts.forEach(StepRules.items(operand(list)), StepRules.variable(variable),
				StepRules.atLeast(1, "parallel", parallel),
				StepsBuilder.collect(StepRules.with(this.names, variable), body)));
	}

	/**
	 * Add steps that are repeated at a fixed rate for ever, the first time at once.
	 * @param period the time from one beginning to the next, positive
	 * @param body adds the steps
	 * @return this
	 */
	public B every(Duration period, Consumer<StepsBuilder> body) {
		return add(StepDrafts.every(StepRules.positive(period), EveryStep.Overrun.SKIP, null, collect(body)));
	}

	/**
	 * Add steps that are repeated at a fixed rate until a condition holds before them.
	 * @param period the time from one beginning to the next, positive
	 * @param overrun what happens when the steps take longer than that
	 * @param until an expression
	 * @param body adds the steps
	 * @return this
	 */
	public B every(Duration period, EveryStep.Overrun overrun, String until, Consumer<StepsBuilder> body) {
		return add(StepDrafts.every(StepRules.positive(period), overrun, condition(until), collect(body)));
	}

	/**
	 * Add branches that run side by side; the run goes on when all have ended.
	 * @param branches each adds the steps of one branch, at least one
	 * @return this
	 */
	@SafeVarargs
	public final B parallel(Consumer<StepsBuilder>... branches) {
		return parallel(ParallelStep.Join.ALL, branches);
	}

	/**
	 * Add branches that run side by side.
	 * @param join when the run goes on
	 * @param branches each adds the steps of one branch, at least one
	 * @return this
	 */
	@SafeVarargs
	public final B parallel(ParallelStep.Join join, Consumer<StepsBuilder>... branches) {
		List<List<StepDraft>> collected = new ArrayList<>(branches.length);
		for (Consumer<StepsBuilder> branch : branches) {
			collected.add(collect(branch));
		}
		return add(StepDrafts.parallel(StepRules.notEmpty("branches", collected), join));
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
	 * Add a wait for a signal.
	 * @param signal the topic
	 * @return this
	 */
	public B await(String signal) {
		return await(signal, (wait) -> {
		});
	}

	/**
	 * Add a wait for a signal.
	 * @param signal the topic
	 * @param options says for which, how long, and what follows
	 * @return this
	 */
	public B await(String signal, Consumer<WaitBuilder> options) {
		return await(WaitDraft.forSignal(StepRules.topic(signal)), options);
	}

	/**
	 * Add a wait until a condition holds.
	 * @param condition an expression
	 * @param options says how long, and what follows
	 * @return this
	 */
	public B awaitUntil(String condition, Consumer<WaitBuilder> options) {
		return await(WaitDraft.until(condition(condition)), options);
	}

	private B await(WaitDraft draft, Consumer<WaitBuilder> options) {
		options.accept(new WaitBuilder(this.names, draft));
		return add(draft.complete());
	}

	/**
	 * Add a pause.
	 * @param duration how long, positive
	 * @return this
	 */
	public B sleep(Duration duration) {
		return sleep(duration.toString());
	}

	/**
	 * Add a pause whose length is computed.
	 * @param duration an expression in <code>#{}</code>, or a duration such as
	 * {@code 10m}
	 * @return this
	 */
	public B sleep(String duration) {
		return add(StepDrafts.sleep(StepRules.time(operand(duration))));
	}

	/**
	 * Add an emission of a signal.
	 * @param signal the topic
	 * @param payload its payload, texts with expressions in <code>#{}</code>
	 * @return this
	 */
	public B emit(String signal, @Nullable Object payload) {
		return add(StepDrafts.emit(StepRules.topic(signal), operand(payload)));
	}

	/**
	 * Add the end of the workflow.
	 * @param value its result, texts with expressions in <code>#{}</code>
	 * @return this
	 */
	public B returning(@Nullable Object value) {
		return add(StepDrafts.returning(operand(value)));
	}

	/**
	 * Add a failure of the run.
	 * @param error its name
	 * @param message what is said about it, with expressions in <code>#{}</code>
	 * @return this
	 */
	public B fail(String error, String message) {
		return add(StepDrafts.fail(StepRules.errorName(error), operand(message)));
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

	private Condition condition(String text) {
		return new Condition(Expression.compile(text, this.names), null);
	}

	private Operand operand(@Nullable Object value) {
		return Operand.of(value, this.names);
	}

	private List<StepDraft> collect(Consumer<StepsBuilder> body) {
		return StepsBuilder.collect(this.names, body);
	}

}
