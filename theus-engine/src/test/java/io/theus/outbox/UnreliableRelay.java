package io.theus.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A destination that fails in every way it can, on any thread, and remembers in which
 * order messages of a lane arrived for the first time.
 */
final class UnreliableRelay implements OutboxRelay {

	private final Random random;

	private final ScheduledExecutorService threads;

	private final Map<Lane.Id, List<String>> firstDeliveries = new HashMap<>();

	private final Set<String> delivered = new HashSet<>();

	private final Map<Lane.Id, String> inFlight = new HashMap<>();

	private final List<String> faults = new ArrayList<>();

	private int failures;

	UnreliableRelay(Random random, ScheduledExecutorService threads) {
		this.random = random;
		this.threads = threads;
	}

	@Override
	public String name() {
		return "unreliable";
	}

	@Override
	public CompletionStage<?> send(OutboxMessage message) {
		Answer answer = new Answer(this.random.nextInt(4) == 0);
		begin(message);
		switch (this.random.nextInt(10)) {
			case 0 -> {
				fail(message);
				throw new IllegalStateException("refused");
			}
			case 1 -> {
				fail(message);
				return null;
			}
			case 2 -> later(() -> {
				fail(message);
				answer.completeExceptionally(new IllegalStateException("failed"));
			});
			case 3 -> later(() -> {
				arrive(message);
				fail(message);
				answer.completeExceptionally(new IllegalStateException("arrived, but the answer got lost"));
			});
			case 4 -> later(() -> {
				fail(message);
				answer.completeExceptionally(new IllegalStateException("timed out, arrives later"));
				later(() -> arrive(message));
			});
			case 5 -> {
				succeed(message);
				answer.complete("at once");
			}
			default -> later(() -> {
				succeed(message);
				answer.complete("later");
			});
		}
		return answer;
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void later(Runnable action) {
		this.threads.schedule(action, this.random.nextInt(200), TimeUnit.MICROSECONDS);
	}

	private synchronized void begin(OutboxMessage message) {
		String other = this.inFlight.put(Lane.Id.of(message), message.id());
		if (other != null) {
			this.faults.add(message.id() + " sent while " + other + " was not answered");
		}
	}

	private synchronized void fail(OutboxMessage message) {
		this.failures++;
		this.inFlight.remove(Lane.Id.of(message));
	}

	private synchronized void succeed(OutboxMessage message) {
		arrive(message);
		this.inFlight.remove(Lane.Id.of(message));
	}

	private synchronized void arrive(OutboxMessage message) {
		if (this.delivered.add(message.id())) {
			this.firstDeliveries.computeIfAbsent(Lane.Id.of(message), (id) -> new ArrayList<>()).add(message.id());
		}
	}

	synchronized Map<Lane.Id, List<String>> firstDeliveries() {
		return Map.copyOf(this.firstDeliveries);
	}

	synchronized List<String> faults() {
		return List.copyOf(this.faults);
	}

	synchronized int failures() {
		return this.failures;
	}

	/**
	 * An answer that may reach its listener twice, the second time as a failure.
	 */
	private static final class Answer extends CompletableFuture<Object> {

		private final boolean twice;

		private Answer(boolean twice) {
			this.twice = twice;
		}

		@Override
		public CompletableFuture<Object> whenComplete(BiConsumer<? super Object, ? super Throwable> action) {
			return super.whenComplete((result, failure) -> {
				action.accept(result, failure);
				if (this.twice) {
					action.accept(null, new IllegalStateException("second answer"));
				}
			});
		}

	}

}
