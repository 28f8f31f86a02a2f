package io.theus.workflow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;

/**
 * Says how a step calls its process, and what follows.
 * <p>
 * Not safe for use by several threads.
 *
 * @param <C> the type of the builder
 * @since 0.1.0
 */
public abstract sealed class CallBuilder<C extends CallBuilder<C>> permits ProcessCallBuilder, DynamicCallBuilder {

	private final Set<String> names;

	private final CallDraft draft = new CallDraft();

	private final Map<String, @Nullable Object> arguments = new LinkedHashMap<>();

	CallBuilder(Set<String> names) {
		this.names = names;
	}

	abstract C self();

	Set<String> names() {
		return this.names;
	}

	CallDraft draft() {
		return this.draft;
	}

	Map<String, @Nullable Object> arguments() {
		return this.arguments;
	}

	/**
	 * Pass an argument.
	 * @param argument its name
	 * @param value its value, texts with expressions in <code>#{}</code>
	 * @return this
	 */
	public C with(String argument, @Nullable Object value) {
		this.arguments.put(argument, value);
		return self();
	}

	/**
	 * Call with an isolation of its own.
	 * @param isolation the isolation, instead of that of the workflow or the process
	 * @return this
	 */
	public C isolation(Isolation isolation) {
		this.draft.isolation(isolation);
		return self();
	}

	/**
	 * Limit the call with all its attempts.
	 * @param timeout positive, at most 36,500 days
	 * @return this
	 */
	public C timeout(Duration timeout) {
		this.draft.timeout(StepRules.positive(timeout));
		return self();
	}

	/**
	 * Try again when the process fails as declared.
	 * @param attempts how often at most, the first time included, at least 2
	 * @param backoff how long to wait before the second attempt; doubles with each
	 * further one
	 * @param errors the names of the failures, none for all that the process declares
	 * @return this
	 */
	public C retry(int attempts, Duration backoff, String... errors) {
		List<Name> names = Stream.of(errors).map(StepRules::errorName).map((error) -> new Name(error, null)).toList();
		this.draft
			.retry(new RetryRule(StepRules.atLeast(2, "attempts", attempts), StepRules.notNegative(backoff), names));
		return self();
	}

	/**
	 * Replace the step when the process fails as declared; the run then goes on.
	 * @param error the name of the declared error: that of its class, with or without
	 * package
	 * @param steps adds what runs instead
	 * @return this
	 */
	public C onError(String error, Consumer<StepsBuilder> steps) {
		this.draft.handler(new Name(StepRules.errorName(error), null), StepsBuilder.collect(this.names, steps));
		return self();
	}

	/**
	 * Undo the step if the run fails later.
	 * @param process the process that does; it gets the arguments and the result of the
	 * step
	 * @return this
	 */
	public C compensate(String process) {
		this.draft.compensation(new Name(process, null));
		return self();
	}

}
