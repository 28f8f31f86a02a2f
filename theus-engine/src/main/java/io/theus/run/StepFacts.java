package io.theus.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.CallOptions;
import io.theus.workflow.CallStep;
import io.theus.workflow.EmitStep;
import io.theus.workflow.EveryStep;
import io.theus.workflow.FailStep;
import io.theus.workflow.ForEachStep;
import io.theus.workflow.GroupStep;
import io.theus.workflow.IfStep;
import io.theus.workflow.ParallelStep;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.RetryRule;
import io.theus.workflow.ReturnStep;
import io.theus.workflow.SleepStep;
import io.theus.workflow.StepArguments;
import io.theus.workflow.StepVisitor;
import io.theus.workflow.SwitchStep;
import io.theus.workflow.WaitStep;
import io.theus.workflow.WhileStep;
import io.theus.workflow.WorkflowStep;

/**
 * Collects what a definition says about a step, by key and as it was written. The blocks
 * of a step are not part of it.
 */
final class StepFacts implements StepVisitor<Map<String, String>> {

	static final StepFacts AS_WRITTEN = new StepFacts();

	private StepFacts() {
	}

	@Override
	public Map<String, String> process(ProcessStep step) {
		Facts facts = new Facts().arguments(step.arguments());
		return facts.options(step.options()).all;
	}

	@Override
	public Map<String, String> choice(IfStep step) {
		Facts facts = new Facts();
		step.branches().forEach((branch) -> facts.add(branch.block().name(), branch.condition()));
		return facts.all;
	}

	@Override
	public Map<String, String> choice(SwitchStep step) {
		return new Facts().add("value", step.value()).all;
	}

	@Override
	public Map<String, String> loop(WhileStep step) {
		return new Facts().add("condition", step.condition()).all;
	}

	@Override
	public Map<String, String> group(GroupStep step) {
		return Map.of();
	}

	@Override
	public Map<String, String> forEach(ForEachStep step) {
		Facts facts = new Facts().add("in", step.items()).add("as", step.variable());
		return facts.add("parallel", (step.parallel() > 1) ? step.parallel() : null).all;
	}

	@Override
	public Map<String, String> parallel(ParallelStep step) {
		return new Facts().add("join", step.join().name().toLowerCase(Locale.ROOT)).all;
	}

	@Override
	public Map<String, String> workflow(WorkflowStep step) {
		return new Facts().add("name", step.workflow()).arguments(step.arguments()).all;
	}

	@Override
	public Map<String, String> call(CallStep step) {
		Facts facts = new Facts().add("process", step.process()).add("with", step.arguments().source());
		return facts.options(step.options()).all;
	}

	@Override
	public Map<String, String> await(WaitStep step) {
		Facts facts = new Facts().add("signal", step.signal()).add("where", step.where());
		return facts.add("until", step.until()).add("timeout", step.timeout()).all;
	}

	@Override
	public Map<String, String> sleep(SleepStep step) {
		return new Facts().add("for", step.duration()).all;
	}

	@Override
	public Map<String, String> every(EveryStep step) {
		String overrun = step.overrun().name().toLowerCase(Locale.ROOT).replace('_', '-');
		return new Facts().add("period", step.period()).add("overrun", overrun).add("until", step.until()).all;
	}

	@Override
	public Map<String, String> emit(EmitStep step) {
		return new Facts().add("signal", step.signal()).add("payload", step.payload().source()).all;
	}

	@Override
	public Map<String, String> returning(ReturnStep step) {
		return new Facts().add("value", step.value().source()).all;
	}

	@Override
	public Map<String, String> fail(FailStep step) {
		return new Facts().add("error", step.error()).add("message", step.message().source()).all;
	}

	/**
	 * Facts in their order; what is null was not said.
	 */
	private static final class Facts {

		private final Map<String, String> all = new LinkedHashMap<>();

		Facts add(String key, @Nullable Object value) {
			if (value != null) {
				this.all.put(key, value.toString());
			}
			return this;
		}

		Facts arguments(StepArguments arguments) {
			return add("with", arguments.names().isEmpty() ? null : arguments.toMap());
		}

		Facts options(CallOptions options) {
			add("isolation", options.isolation()).add("timeout", options.timeout());
			RetryRule retry = options.retry();
			if (retry != null) {
				add("retry", "{attempts=%d, backoff=%s, errors=%s}".formatted(retry.attempts(), retry.backoff(),
						retry.errors().isEmpty() ? "all" : retry.errors()));
			}
			return add("compensate", options.compensation());
		}

	}

}
