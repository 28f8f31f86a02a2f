package io.theus.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.workflow.StepDraft.BlockDraft;

/**
 * Collects how a step calls its process.
 */
final class CallDraft {

	/** How long to wait before the second attempt if nothing is said. */
	static final Duration BACKOFF = Duration.ofMillis(100);

	private final List<Name> errors = new ArrayList<>();

	private final List<BlockDraft> handlers = new ArrayList<>();

	private @Nullable Isolation isolation;

	private @Nullable Duration timeout;

	private @Nullable RetryRule retry;

	private @Nullable Name compensation;

	void isolation(Isolation newIsolation) {
		this.isolation = newIsolation;
	}

	void timeout(Duration newTimeout) {
		this.timeout = newTimeout;
	}

	void retry(RetryRule newRetry) {
		this.retry = newRetry;
	}

	void handler(Name error, List<StepDraft> steps) {
		if (this.errors.stream().anyMatch((earlier) -> earlier.text().equals(error.text()))) {
			throw new IllegalArgumentException("error '%s' is caught twice".formatted(error));
		}
		this.errors.add(error);
		this.handlers.add(new BlockDraft("catch" + BlockNames.segment(error.text()), steps));
	}

	void compensation(Name process) {
		this.compensation = process;
	}

	StepDraft process(Name process, StepArguments arguments) {
		String text = process.text();
		return StepDraft
			.of(List.copyOf(this.handlers),
					(label, blocks) -> new ProcessStep(label, process, arguments, options(blocks)))
			.preferring(text.substring(text.lastIndexOf('.') + 1));
	}

	StepDraft call(Operand process, List<Name> allowed, Operand arguments) {
		return StepDraft.of(List.copyOf(this.handlers),
				(label, blocks) -> new CallStep(label, process, allowed, arguments, options(blocks)));
	}

	private CallOptions options(List<Block> blocks) {
		List<ErrorHandler> made = new ArrayList<>(blocks.size());
		for (Block block : blocks) {
			made.add(new ErrorHandler(this.errors.get(made.size()), block));
		}
		return new CallOptions(this.isolation, this.timeout, this.retry, made, this.compensation);
	}

}
