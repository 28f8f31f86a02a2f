package io.theus.run;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.LoggedFailure;
import io.theus.signal.Signal;

/**
 * Takes the signals of the hub to the runs that wait for them.
 */
// Whoever publishes only puts a signal into the queue, and only if somebody waits for its
// topic; one thread of the engine at a time takes signals out, in order. Signals are
// numbered as they come; a wait takes those that come after it was registered.
final class SignalRoutes {

	private static final Logger logger = LoggerFactory.getLogger(SignalRoutes.class);

	private final Executor executor;

	private final Map<String, Set<Registered>> waits = new ConcurrentHashMap<>();

	private final Map<String, List<Consumer<Signal>>> triggers = new ConcurrentHashMap<>();

	private final Queue<Numbered> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger queued = new AtomicInteger();

	private final AtomicLong published = new AtomicLong();

	SignalRoutes(Executor executor) {
		this.executor = executor;
	}

	Runnable add(SignalWait wait) {
		Registered registered = new Registered(wait, this.published.get());
		this.waits.compute(wait.topic(), (topic, earlier) -> {
			Set<Registered> all = (earlier != null) ? earlier : ConcurrentHashMap.newKeySet();
			all.add(registered);
			return all;
		});
		return () -> this.waits.computeIfPresent(wait.topic(), (topic, all) -> {
			all.remove(registered);
			return all.isEmpty() ? null : all;
		});
	}

	/**
	 * Start something with each signal of a topic.
	 * @param topic the topic
	 * @param trigger what to start
	 */
	void add(String topic, Consumer<Signal> trigger) {
		this.triggers.computeIfAbsent(topic, (name) -> new CopyOnWriteArrayList<>()).add(trigger);
	}

	/**
	 * A signal was published.
	 * @param signal the signal
	 */
	void published(Signal signal) {
		long number = this.published.incrementAndGet();
		if (!this.waits.containsKey(signal.topic()) && !this.triggers.containsKey(signal.topic())) {
			return;
		}
		this.queue.add(new Numbered(signal, number));
		if (this.queued.getAndIncrement() == 0) {
			try {
				this.executor.execute(this::deliver);
			}
			catch (RejectedExecutionException ex) {
				// Runs end with the engine
			}
		}
	}

	private void deliver() {
		do {
			Numbered next = this.queue.poll();
			if (next != null) {
				deliver(next);
			}
		}
		while (this.queued.decrementAndGet() > 0);
	}

	private void deliver(Numbered next) {
		for (Consumer<Signal> trigger : this.triggers.getOrDefault(next.signal.topic(), List.of())) {
			undisturbed(next, () -> trigger.accept(next.signal));
		}
		for (Registered registered : this.waits.getOrDefault(next.signal.topic(), Set.of())) {
			if (registered.since < next.number) {
				undisturbed(next, () -> registered.wait.offer(next.signal.payload()));
			}
		}
	}

	// What goes wrong with one is no reason for others to miss their signals
	private static void undisturbed(Numbered next, Runnable delivery) {
		try {
			delivery.run();
		}
		catch (Throwable ex) {
			logger.error("Signal '{}' was not delivered", next.signal.topic(), LoggedFailure.of(ex, logger));
		}
	}

	/**
	 * A wait and when it began.
	 */
	private static final class Registered {

		private final SignalWait wait;

		private final long since;

		private Registered(SignalWait wait, long since) {
			this.wait = wait;
			this.since = since;
		}

	}

	/**
	 * A signal and when it came.
	 *
	 * @param signal the signal
	 * @param number its number
	 */
	private record Numbered(Signal signal, long number) {

	}

}
