package io.theus.spring.observation;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;
import io.theus.telemetry.Activity;

/**
 * A relay each batch of which is observed, from when it is handed over until all of its
 * messages are answered.
 */
final class ObservedRelay implements OutboxRelay {

	private static final RelayObservationConvention DEFAULT = new DefaultRelayObservationConvention();

	private final OutboxRelay relay;

	private final Supplier<ObservationRegistry> registry;

	private final Supplier<@Nullable RelayObservationConvention> convention;

	ObservedRelay(OutboxRelay relay, Supplier<ObservationRegistry> registry,
			Supplier<@Nullable RelayObservationConvention> convention) {
		this.relay = relay;
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public String name() {
		return this.relay.name();
	}

	@Override
	public boolean keepsOrder() {
		return this.relay.keepsOrder();
	}

	@Override
	public CompletionStage<?> send(OutboxMessage message) throws Exception {
		return this.relay.send(message);
	}

	@Override
	public List<CompletionStage<?>> sendAll(List<OutboxMessage> batch) throws Exception {
		ObservationRegistry to = this.registry.get();
		Activity activity = to.isNoop() ? Activity.NONE
				: ObservedActivity.start(Observation.createNotStarted(this.convention.get(), DEFAULT,
						() -> new RelayObservationContext(name(), batch.size()), to));
		if (activity == Activity.NONE) {
			return this.relay.sendAll(batch);
		}
		try {
			List<CompletionStage<?>> answers = activity
				.<List<CompletionStage<?>>, Exception>during(() -> this.relay.sendAll(batch));
			new Answers(activity, answers.size()).listenTo(answers);
			return answers;
		}
		catch (Throwable ex) {
			activity.end(Outcome.FAILED.name(), ex);
			throw ex;
		}
	}

	private enum Outcome {

		SENT, PARTIAL, FAILED

	}

	/**
	 * Counts the answers until the last one.
	 */
	private static final class Answers {

		private final Activity activity;

		private final int messages;

		private final AtomicInteger open;

		private final AtomicInteger failed = new AtomicInteger();

		private volatile @Nullable Throwable failure;

		Answers(Activity activity, int messages) {
			this.activity = activity;
			this.messages = messages;
			this.open = new AtomicInteger(messages);
		}

		// What follows an answer passes its failure on
		@SuppressWarnings("FutureReturnValueIgnored")
		void listenTo(List<CompletionStage<?>> answers) {
			answers.forEach((answer) -> answer.whenComplete((result, reason) -> answered(reason)));
		}

		private void answered(@Nullable Throwable reason) {
			if (reason != null) {
				this.failure = reason;
				this.failed.incrementAndGet();
			}
			if (this.open.decrementAndGet() == 0) {
				this.activity.end(outcome().name(), this.failure);
			}
		}

		private Outcome outcome() {
			int lost = this.failed.get();
			if (lost == 0) {
				return Outcome.SENT;
			}
			return (lost == this.messages) ? Outcome.FAILED : Outcome.PARTIAL;
		}

	}

}
