package io.theus.workflow;

import java.util.Set;

/**
 * Says how a step calls a process.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ProcessCallBuilder extends CallBuilder<ProcessCallBuilder> {

	ProcessCallBuilder(Set<String> names) {
		super(names);
	}

	@Override
	ProcessCallBuilder self() {
		return this;
	}

	StepDraft complete(String process) {
		return draft().process(new Name(process, null), StepArguments.of(arguments(), names()));
	}

}
