package io.theus.signal;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.LoggedFailure;
import io.theus.internal.ring.BroadcastRing;
import io.theus.path.TopicPattern;

/**
 * Passes signals to the subscribers of this node. Publishing never blocks, however slow
 * subscribers are: the hub retains the last {@code capacity} signals of all topics, and
 * who falls further behind gets a {@link SignalLagException}.
 *
 * <p>
 * All methods may be called by any number of threads.
 *
 * @since 0.1.0
 */
public final class SignalHub implements AutoCloseable {

	/**
	 * How many signals a hub retains if nothing else is said.
	 */
	public static final int DEFAULT_CAPACITY = 1024;

	private static final Logger logger = LoggerFactory.getLogger(SignalHub.class);

	private final BroadcastRing<Signal> ring;

	private final Runnable permission;

	private final Executor executor = SignalThreads.create();

	// Replaced as a whole under the lock of this object
	private volatile List<Subscription> subscriptions = List.of();

	private volatile List<Tap> taps = List.of();

	// Races only lose a count: it says of what it is the count
	private @Nullable Addressed lastAddressed;

	/**
	 * Create a hub that retains {@value #DEFAULT_CAPACITY} signals.
	 */
	public SignalHub() {
		this(DEFAULT_CAPACITY);
	}

	/**
	 * Create a hub.
	 * @param capacity how many signals it retains, exactly, at least 1
	 * @throws IllegalArgumentException if the capacity is less than 1
	 */
	public SignalHub(int capacity) {
		this(capacity, () -> {
		});
	}

	/**
	 * Create a hub that not everybody may publish on at once.
	 * @param capacity how many signals it retains, exactly, at least 1
	 * @param permission called on the thread of whoever publishes a signal outside any
	 * commit, throws if that is not allowed there
	 * @throws IllegalArgumentException if the capacity is less than 1
	 */
	public SignalHub(int capacity, Runnable permission) {
		this.ring = new BroadcastRing<>(capacity);
		this.permission = permission;
	}

	/**
	 * Publish a signal at once, outside any commit.
	 * @param topic the topic
	 * @param payload an immutable value, or {@code null}
	 * @return to how many subscriptions it was addressed: those open now whose pattern
	 * matches; 0 if the hub is closed, where the signal reaches nobody
	 * @throws InvalidTopicException if the topic is not a valid name
	 * @throws IllegalStateException if the hub is an engine's and a transaction is
	 * running on this thread
	 */
	public int publish(String topic, @Nullable Object payload) {
		this.permission.run();
		Signal signal = Signal.of(topic, payload);
		int addressed = addressed(topic);
		return pass(signal) ? addressed : 0;
	}

	@SuppressWarnings("ReferenceEquality")
	private int addressed(String topic) {
		List<Subscription> present = this.subscriptions;
		Addressed last = this.lastAddressed;
		if (last == null || last.topic != topic || last.present != present) {
			int count = 0;
			for (Subscription subscription : present) {
				if (subscription.matches(topic)) {
					count++;
				}
			}
			last = new Addressed(topic, present, count);
			this.lastAddressed = last;
		}
		return last.count;
	}

	/**
	 * Publish the signals of one commit. The engine calls this once for each commit,
	 * after it, in commit order; calls for different commits must not overlap. On a
	 * closed hub the signals reach nobody.
	 * @param signals the signals, in the order in which they were emitted
	 */
	public void publishCommitted(List<Signal> signals) {
		signals.forEach(this::pass);
	}

	private boolean pass(Signal signal) {
		if (this.ring.publish(signal) == BroadcastRing.CLOSED) {
			return false;
		}
		List<Tap> present = this.taps;
		if (!present.isEmpty()) {
			present.forEach((tap) -> pass(signal, tap));
		}
		return true;
	}

	private static void pass(Signal signal, Tap tap) {
		try {
			tap.receiver.accept(signal);
		}
		catch (RuntimeException ex) {
			logger.error("Tap failed at signal '{}'", signal.topic(), LoggedFailure.of(ex, logger));
		}
	}

	/**
	 * Copy the signals that are retained.
	 * @return the last signals of all topics, oldest first, unmodifiable
	 */
	public List<Signal> retained() {
		return this.ring.list();
	}

	/**
	 * Have every signal handed over that is published from now on, none left out, by
	 * whoever publishes it: those of commits in commit order, one at a time, those that
	 * are published at once whenever that is. For parts of the engine, which are quick;
	 * what is slow or belongs to somebody else subscribes. A receiver that fails is
	 * logged and disturbs nobody.
	 * @param receiver is given each signal once, on the thread of its publisher, which
	 * may be several threads at a time
	 * @return ends it when it is closed
	 */
	public Tap tap(Consumer<? super Signal> receiver) {
		Tap tap = new Tap(this::remove, receiver);
		synchronized (this) {
			this.taps = with(this.taps, tap);
		}
		return tap;
	}

	private synchronized void remove(Tap tap) {
		this.taps = without(this.taps, tap);
	}

	private static <T> List<T> with(List<T> present, T added) {
		return Stream.concat(present.stream(), Stream.of(added)).toList();
	}

	private static <T> List<T> without(List<T> present, T removed) {
		return present.stream().filter((one) -> !one.equals(removed)).toList();
	}

	/**
	 * Subscribe to topics. The subscription sees every matching signal that is published
	 * after this method returned. Close it when it is no longer read.
	 * @param pattern a topic, in which {@code '*'} stands for any run of characters:
	 * {@code sig_*}
	 * @return the subscription, which is exhausted from the start if the hub is closed
	 * @throws InvalidTopicException if the pattern is malformed
	 */
	public Subscription subscribe(String pattern) {
		TopicPattern topics = TopicPattern.compile(pattern);
		Subscription subscription = new Subscription(topics, this.ring.cursor((missed) -> {
			throw new SignalLagException(pattern, missed, this.ring.capacity());
		}), this.executor, this::remove);
		synchronized (this) {
			this.subscriptions = with(this.subscriptions, subscription);
		}
		return subscription;
	}

	private synchronized void remove(Subscription subscription) {
		this.subscriptions = without(this.subscriptions, subscription);
	}

	/**
	 * Return the retained signals of all topics.
	 * @return the signals, oldest to newest
	 */
	public List<Signal> recent() {
		return this.ring.list();
	}

	/**
	 * Tell how subscribers keep up.
	 * @return the numbers of now
	 */
	public SignalStatus status() {
		long lag = 0;
		int subscribers = 0;
		for (Subscription subscription : this.subscriptions) {
			subscribers++;
			lag = Math.max(lag, subscription.behind());
		}
		return new SignalStatus(this.ring.total(), this.ring.capacity(), subscribers, lag, this.ring.missed());
	}

	/**
	 * Tell whether signals are still passed on.
	 * @return whether the hub has not been closed
	 */
	public boolean isOpen() {
		return !this.ring.isClosed();
	}

	/**
	 * End the stream. Subscriptions may still read what is retained; after that they are
	 * exhausted. What is published from now on reaches nobody. Closing twice has no
	 * effect.
	 */
	@Override
	public void close() {
		this.ring.close();
		this.subscriptions.forEach(Subscription::lookForEnd);
	}

	/**
	 * How many subscriptions a topic matches.
	 *
	 * @param topic the topic
	 * @param present the subscriptions
	 * @param count how many of them
	 */
	private record Addressed(String topic, List<Subscription> present, int count) {

	}

	/**
	 * Has every signal handed over until it is closed.
	 */
	public static final class Tap implements AutoCloseable {

		private final Consumer<Tap> ending;

		private final Consumer<? super Signal> receiver;

		private Tap(Consumer<Tap> ending, Consumer<? super Signal> receiver) {
			this.ending = ending;
			this.receiver = receiver;
		}

		/**
		 * Hand over no more signals, except one that is being handed over just now.
		 */
		@Override
		public void close() {
			this.ending.accept(this);
		}

	}

}
