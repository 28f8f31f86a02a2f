package io.theus.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.annotation.Durations;
import io.theus.expression.Expression;
import io.theus.expression.Scope;
import io.theus.run.Position.Beat;
import io.theus.run.Position.Items;
import io.theus.run.StepVisit.Outcome;
import io.theus.run.Suspension.Kind;
import io.theus.workflow.Block;
import io.theus.workflow.CallStep;
import io.theus.workflow.EmitStep;
import io.theus.workflow.EveryStep;
import io.theus.workflow.FailStep;
import io.theus.workflow.ForEachStep;
import io.theus.workflow.GroupStep;
import io.theus.workflow.IfStep;
import io.theus.workflow.Operand;
import io.theus.workflow.ParallelStep;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.ReturnStep;
import io.theus.workflow.SleepStep;
import io.theus.workflow.Step;
import io.theus.workflow.StepVisitor;
import io.theus.workflow.SwitchStep;
import io.theus.workflow.WaitStep;
import io.theus.workflow.WhileStep;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowStep;

/**
 * One visit of a branch to a step. Each method returns the branch that goes on on this
 * thread.
 */
// A branch may be null, which the type argument cannot say outside of JSpecify mode
@SuppressWarnings("NullAway")
final class StepTurn implements StepVisitor<@Nullable Branch> {

	private static final Expression EQUAL = Expression.compile("value == other", List.of("value", "other"));

	private final Interpreter interpreter;

	private final Run run;

	private final Branch branch;

	private final Position at;

	StepTurn(Interpreter interpreter, Branch branch, Position at) {
		this.interpreter = interpreter;
		this.run = interpreter.run();
		this.branch = branch;
		this.at = at;
	}

	@Override
	public @Nullable Branch process(ProcessStep step) {
		PendingCall pending = this.branch.pending();
		if (pending == null) {
			Call call = this.at.locals().workflow().call(step);
			pending = evaluated(step, () -> new PendingCall(step, step.options(), call,
					call.arguments(scope(step), this.at.locals().inputs())));
		}
		return this.interpreter.calls().proceed(this.branch, this.at, pending);
	}

	@Override
	public @Nullable Branch call(CallStep step) {
		PendingCall pending = this.branch.pending();
		if (pending == null) {
			pending = evaluated(step, () -> {
				RunScope scope = scope(step);
				Call call = this.at.locals().workflow().dynamicCall(step, step.process().evaluate(scope));
				return new PendingCall(step, step.options(), call, call.arguments(scope, this.at.locals().inputs()));
			});
		}
		return this.interpreter.calls().proceed(this.branch, this.at, pending);
	}

	@Override
	public @Nullable Branch choice(IfStep step) {
		RunScope scope = scope(step);
		for (IfStep.Branch each : step.branches()) {
			if (this.interpreter.holds(this.branch, step, () -> each.condition().test(scope))) {
				return enter(step, each.block());
			}
		}
		return enter(step, step.otherwise());
	}

	@Override
	public @Nullable Branch choice(SwitchStep step) {
		Object value = evaluate(step, step.value());
		for (SwitchStep.Case each : step.cases()) {
			if (isEqual(value, each.value())) {
				return enter(step, each.block());
			}
		}
		return enter(step, step.otherwise());
	}

	private static boolean isEqual(@Nullable Object value, @Nullable Object other) {
		return EQUAL.test((Scope) (name) -> name.equals("value") ? value : other);
	}

	private Branch enter(Step step, @Nullable Block block) {
		if (block == null) {
			return past(step, Outcome.PASSED);
		}
		this.run.visited(this.branch, step, Outcome.ENTERED, block.name());
		this.branch.goTo(Position.startOf(block, this.at.afterStep(), this.at.locals()));
		return this.branch;
	}

	private Branch past(Step step, Outcome outcome) {
		this.run.visited(this.branch, step, outcome, null);
		this.branch.goTo(this.at.afterStep().settled());
		return this.branch;
	}

	@Override
	public Branch loop(WhileStep step) {
		this.branch.goTo(Position.endOf(step.body(), this.at.afterStep(), null));
		return this.branch;
	}

	@Override
	public @Nullable Branch group(GroupStep step) {
		return enter(step, step.body());
	}

	@Override
	public @Nullable Branch forEach(ForEachStep step) {
		List<@Nullable Object> items = items(step, evaluate(step, step.items()));
		if (step.parallel() == 1 || items.isEmpty()) {
			this.branch.goTo(Position.endOf(step.body(), this.at.afterStep(), new Items(items)));
			return this.branch;
		}
		items.forEach((item) -> this.interpreter.count(step));
		return fork(step, new Join(this.interpreter.control().branches(), this.branch, step, this.at, items),
				step.parallel());
	}

	private List<@Nullable Object> items(ForEachStep step, @Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return Collections.unmodifiableList(new ArrayList<>(map.keySet()));
		}
		if (value instanceof Collection<?> collection) {
			return Collections.unmodifiableList(new ArrayList<>(collection));
		}
		throw invalid(step,
				"'in' is no list: expected=a list, a set or a map, actual=%s, give an empty list for nothing"
					.formatted(describe(value)));
	}

	@Override
	public @Nullable Branch parallel(ParallelStep step) {
		return fork(step, new Join(this.interpreter.control().branches(), this.branch, step, this.at),
				step.branches().size());
	}

	// This thread goes on with the first branch
	private Branch fork(Step step, Join join, int limit) {
		this.run.visited(this.branch, step, Outcome.ENTERED, null);
		List<Branch> children = join.branches(limit);
		Branch first = children.get(0);
		this.interpreter.control().branches().fork(this.branch, children);
		return first;
	}

	@Override
	public Branch workflow(WorkflowStep step) {
		Link link = this.at.locals().workflow().linked(step);
		Workflow other = link.workflow().workflow();
		Map<String, @Nullable Object> inputs = evaluated(step,
				() -> other.bind(link.inputs(scope(step), this.at.locals().inputs())));
		this.run.visited(this.branch, step, Outcome.ENTERED, other.name());
		Position start = Position.startOf(other.body(), this.at.afterStep(), Locals.of(link.workflow(), inputs));
		this.branch.goTo(start);
		return this.branch;
	}

	@Override
	public @Nullable Branch await(WaitStep step) {
		Duration timeout = (step.timeout() != null) ? duration(step, "timeout", evaluate(step, step.timeout())) : null;
		return new Waiting(this.interpreter, this.branch, this.at, step, timeout).begin();
	}

	@Override
	public @Nullable Branch sleep(SleepStep step) {
		Duration duration = duration(step, "for", evaluate(step, step.duration()));
		if (duration.isZero() || duration.isNegative()) {
			return past(step, Outcome.COMPLETED);
		}
		Branches branches = this.interpreter.control().branches();
		this.run.visited(this.branch, step, Outcome.WAITING, null);
		this.branch.endActivity(Outcome.WAITING.name(), null);
		branches.suspend(this.branch, Kind.WAIT, (suspension) -> suspension.timer(this.interpreter.environment()
			.after(duration, () -> branches.wake(this.branch, suspension, () -> past(step, Outcome.COMPLETED)))));
		return null;
	}

	@Override
	public @Nullable Branch every(EveryStep step) {
		this.branch.goTo(
				Position.endOf(step.body(), this.at.afterStep(), new Beat(this.interpreter.environment().nanoTime())));
		return this.branch;
	}

	@Override
	public @Nullable Branch emit(EmitStep step) {
		Object payload = evaluate(step, step.payload());
		try {
			this.branch.activity().during(() -> emit(step, payload));
		}
		catch (RuntimeException ex) {
			this.run.failed(this.branch, step, ex);
			throw ex;
		}
		this.branch
			.see(this.branch.signals().with(step.signal(), payload, this.interpreter.control().signals().nextNumber()));
		return past(step, Outcome.COMPLETED);
	}

	private boolean emit(EmitStep step, @Nullable Object payload) {
		this.interpreter.environment().emit(this.run, step.signal(), payload);
		return true;
	}

	@Override
	public @Nullable Branch returning(ReturnStep step) {
		Object value = evaluate(step, step.value());
		this.run.visited(this.branch, step, Outcome.COMPLETED, null);
		this.at.locals().results().joinAll();
		this.at.locals().results().last(value);
		Position place = this.at;
		while (place != null && !(place.owner() instanceof WorkflowStep)) {
			place = place.outer();
		}
		// The end of the workflow's own block, where its step takes the result
		this.branch.goTo((place != null)
				? new Position(place.block(), place.block().steps().size(), place.outer(), this.at.locals(), null)
				: null);
		if (place == null) {
			this.run.returned(value);
		}
		return this.branch;
	}

	@Override
	public @Nullable Branch fail(FailStep step) {
		Object message = evaluate(step, step.message());
		WorkflowFailureException failure = new WorkflowFailureException(this.run.workflow(), step.id(), step.error(),
				(message != null) ? String.valueOf(message) : "");
		this.run.failed(this.branch, step, failure);
		throw failure;
	}

	private RunScope scope(Step step) {
		return this.interpreter.scope(this.branch, this.at, step);
	}

	private @Nullable Object evaluate(Step step, Operand operand) {
		try {
			return operand.evaluate(scope(step));
		}
		catch (Throwable ex) {
			this.run.failed(this.branch, step, ex);
			throw ex;
		}
	}

	private <T> T evaluated(Step step, Supplier<T> evaluation) {
		try {
			return evaluation.get();
		}
		catch (Throwable ex) {
			this.run.failed(this.branch, step, ex);
			throw ex;
		}
	}

	private Duration duration(Step step, String key, @Nullable Object value) {
		if (value instanceof Duration duration) {
			return duration;
		}
		if (value instanceof String text) {
			return Durations.parse(text).orElseThrow(() -> notADuration(step, key, value));
		}
		throw notADuration(step, key, value);
	}

	private RuntimeException notADuration(Step step, String key, @Nullable Object value) {
		return invalid(step, "'%s' is no duration: expected=a text such as 500ms, 10s, 5m or 7d, actual=%s"
			.formatted(key, describe(value)));
	}

	private static String describe(@Nullable Object value) {
		return (value != null) ? value.getClass().getName() : "null";
	}

	private RuntimeException invalid(Step step, String problem) {
		StepValueException failure = new StepValueException(this.run.workflow(), step.id(), problem);
		this.run.failed(this.branch, step, failure);
		return failure;
	}

}
