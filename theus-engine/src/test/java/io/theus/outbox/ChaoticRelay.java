package io.theus.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A destination that fails, hangs, loses answers, lets messages arrive long after it has
 * failed them, and refuses some messages whenever they come. Of each lane of a batch a
 * beginning arrives, as a relay that keeps order must see to.
 */
final class ChaoticRelay implements OutboxRelay {

	private final Random random;

	private final ScheduledExecutorService threads;

	private final boolean keepsOrder;

	/** Messages that are refused. */
	final Set<String> refused = ConcurrentHashMap.newKeySet();

	private final Map<Lane.Id, List<String>> arrivals = new HashMap<>();

	private final Set<String> arrived = ConcurrentHashMap.newKeySet();

	private volatile boolean healthy;

	private int longest;

	ChaoticRelay(Random random, ScheduledExecutorService threads, boolean keepsOrder) {
		this.random = random;
		this.threads = threads;
		this.keepsOrder = keepsOrder;
	}

	@Override
	public String name() {
		return "chaotic";
	}

	@Override
	public boolean keepsOrder() {
		return this.keepsOrder;
	}

	@Override
	public CompletionStage<?> send(OutboxMessage message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public List<CompletionStage<?>> sendAll(List<OutboxMessage> batch) {
		if (!this.healthy && this.random.nextInt(30) == 0) {
			throw new RelayUnavailableException("no connection", null);
		}
		Map<String, CompletableFuture<Object>> answers = new LinkedHashMap<>();
		Map<Lane.Id, List<OutboxMessage>> lanes = new LinkedHashMap<>();
		for (OutboxMessage message : batch) {
			answers.put(message.id(), new CompletableFuture<>());
			lanes.computeIfAbsent(Lane.Id.of(message), (id) -> new ArrayList<>()).add(message);
		}
		lanes.values().forEach((lane) -> {
			this.longest = Math.max(this.longest, lane.size());
			begin(lane, answers);
		});
		return List.copyOf(answers.values());
	}

	private void begin(List<OutboxMessage> lane, Map<String, CompletableFuture<Object>> answers) {
		int end = this.random.nextInt(2) * this.random.nextInt(lane.size() + 1);
		int arriving = (this.healthy || this.random.nextInt(3) > 0) ? lane.size() : end;
		for (int i = 0; i < arriving; i++) {
			if (this.refused.contains(lane.get(i).id())) {
				arriving = i;
			}
		}
		List<OutboxMessage> beginning = lane.subList(0, arriving);
		List<OutboxMessage> rest = lane.subList(arriving, lane.size());
		int kind = this.healthy ? 9 : this.random.nextInt(20);
		switch (kind) {
			case 0 -> {
				// Hangs: nothing is answered, something may arrive
				later(() -> beginning.forEach(this::arrive));
			}
			case 1 -> {
				// Is failed as a whole, and a beginning arrives later
				fail(lane, answers);
				later(() -> beginning.forEach(this::arrive));
			}
			case 2 -> {
				// Arrives, and only the answers get lost
				beginning.forEach(this::arrive);
				later(() -> fail(lane, answers));
			}
			case 3, 4, 5 -> {
				beginning.forEach(this::arrive);
				beginning.forEach((message) -> answers.get(message.id()).complete("at once"));
				fail(rest, answers);
			}
			default -> later(() -> {
				fail(rest, answers);
				for (OutboxMessage message : beginning) {
					arrive(message);
					answers.get(message.id()).complete("later");
				}
			});
		}
	}

	private void fail(List<OutboxMessage> messages, Map<String, CompletableFuture<Object>> answers) {
		for (OutboxMessage message : messages) {
			Throwable failure = this.refused.contains(message.id()) ? new IllegalStateException("refused")
					: new RelayUnavailableException("failed", null);
			answers.get(message.id()).completeExceptionally(failure);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void later(Runnable action) {
		this.threads.schedule(action, this.random.nextInt(300), TimeUnit.MICROSECONDS);
	}

	private synchronized void arrive(OutboxMessage message) {
		if (this.arrived.add(message.id())) {
			this.arrivals.computeIfAbsent(Lane.Id.of(message), (id) -> new ArrayList<>()).add(message.id());
		}
	}

	void heal() {
		this.healthy = true;
	}

	boolean hasArrived(String id) {
		return this.arrived.contains(id);
	}

	synchronized List<String> arrivals(Lane.Id lane) {
		return List.copyOf(this.arrivals.getOrDefault(lane, List.of()));
	}

	int longest() {
		return this.longest;
	}

}
