package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.StepDraft.BlockDraft;

/**
 * Collects what one {@code flux: wait} waits for and what follows.
 */
final class WaitDraft {

	private final @Nullable String signal;

	private final @Nullable Condition until;

	private @Nullable Condition where;

	private @Nullable Operand timeout;

	private @Nullable List<StepDraft> then;

	private @Nullable List<StepDraft> otherwise;

	private WaitDraft(@Nullable String signal, @Nullable Condition until) {
		this.signal = signal;
		this.until = until;
	}

	static WaitDraft forSignal(String topic) {
		return new WaitDraft(topic, null);
	}

	static WaitDraft until(Condition condition) {
		return new WaitDraft(null, condition);
	}

	WaitDraft where(Condition condition) {
		if (this.signal == null) {
			throw new IllegalArgumentException(
					"'where' looks at a signal, but the step waits for none, put the condition into 'until'");
		}
		this.where = condition;
		return this;
	}

	WaitDraft timeout(Operand duration) {
		this.timeout = duration;
		return this;
	}

	WaitDraft then(List<StepDraft> steps) {
		this.then = steps;
		return this;
	}

	WaitDraft otherwise(List<StepDraft> steps) {
		this.otherwise = steps;
		return this;
	}

	StepDraft complete() {
		if (this.otherwise != null && this.timeout == null) {
			throw new IllegalArgumentException(
					"'else' runs when the time is over, but the step has no 'timeout', add it");
		}
		List<BlockDraft> blocks = new ArrayList<>(2);
		if (this.then != null) {
			blocks.add(new BlockDraft("then", this.then));
		}
		if (this.otherwise != null) {
			blocks.add(new BlockDraft("else", this.otherwise));
		}
		return StepDraft.of(blocks, this::create);
	}

	private Step create(StepLabel label, List<Block> made) {
		Block followed = (this.then != null) ? made.get(0) : null;
		Block late = (this.otherwise != null) ? made.get(made.size() - 1) : null;
		return new WaitStep(label, this.signal, this.where, this.until, this.timeout, followed, late);
	}

}
