package io.theus.signal;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.internal.ring.Cursor;
import io.theus.path.TopicPattern;

/**
 * A place in the stream of signals of a {@link SignalHub}, limited to topics that match a
 * pattern. It is read by {@link #poll()}, {@link #forEach}, or as a publisher of Reactive
 * Streams.
 *
 * <p>
 * All methods may be called by any number of threads. Threads and subscribers that share
 * a subscription compete: each signal goes to one of them.
 *
 * @since 0.1.0
 */
public final class Subscription implements Flow.Publisher<Signal>, AutoCloseable {

	private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

	private final TopicPattern pattern;

	private final Cursor<Signal> cursor;

	private final Executor executor;

	private final Consumer<Subscription> onClose;

	private final Set<SignalFlow> flows = ConcurrentHashMap.newKeySet();

	Subscription(TopicPattern pattern, Cursor<Signal> cursor, Executor executor, Consumer<Subscription> onClose) {
		this.pattern = pattern;
		this.cursor = cursor;
		this.executor = executor;
		this.onClose = onClose;
	}

	/**
	 * Return the next matching signal without waiting for it.
	 * @return the signal, or {@code null} if there is none now
	 * @throws SignalLagException if signals were overwritten before they were read; the
	 * next call continues at the oldest retained one
	 */
	public @Nullable Signal poll() {
		Signal signal = this.cursor.poll();
		while (signal != null && !matches(signal.topic())) {
			signal = this.cursor.poll();
		}
		return signal;
	}

	/**
	 * Return the next matching signal, waiting for it if necessary.
	 * @param timeout how long to wait at most
	 * @return the signal, or {@code null} if none came in time or there will be none, see
	 * {@link #isExhausted()}
	 * @throws SignalLagException if signals were overwritten before they were read; the
	 * next call continues at the oldest retained one
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	public @Nullable Signal poll(Duration timeout) throws InterruptedException {
		long nanos = (timeout.compareTo(FOREVER) < 0) ? timeout.toNanos() : Long.MAX_VALUE;
		long start = System.nanoTime();
		Signal signal = this.cursor.poll(nanos);
		while (signal != null && !matches(signal.topic())) {
			signal = this.cursor.poll(nanos - (System.nanoTime() - start));
		}
		return signal;
	}

	/**
	 * Pass signals to an action in the calling thread, until the subscription or the hub
	 * is closed (the latter after the retained signals were passed), or the thread is
	 * interrupted, which leaves its interrupt flag set.
	 * @param action what to do with each signal; what it throws ends the loop
	 * @throws SignalLagException if signals were overwritten before they were read; a
	 * further call continues at the oldest retained one
	 */
	public void forEach(Consumer<? super Signal> action) {
		try {
			for (Signal signal = next(); signal != null; signal = next()) {
				action.accept(signal);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// Reading the clock takes longer than reading a signal that is there
	private @Nullable Signal next() throws InterruptedException {
		Signal signal = poll();
		return (signal != null) ? signal : poll(FOREVER);
	}

	/**
	 * Pass signals to a subscriber as it demands them, on threads of the hub. Publishers
	 * of signals wait for it no more than for anybody else. The stream completes when
	 * this subscription is closed, or when the hub is closed and the retained signals
	 * were passed.
	 *
	 * <p>
	 * A subscriber that falls behind fails with a {@link SignalLagException}, because
	 * nothing follows a failure in Reactive Streams and what is missing must not be
	 * overlooked. This subscription goes on: whoever subscribes to it again, as a
	 * {@code retry} does, continues at the oldest retained signal. For a stream that
	 * outlasts such a failure see {@link #publisher}.
	 * @param subscriber takes the signals
	 */
	@Override
	public void subscribe(Flow.Subscriber<? super Signal> subscriber) {
		flow(subscriber, this.executor, null);
	}

	/**
	 * Return a publisher of the signals of this subscription that does not fail when its
	 * subscriber falls behind, but says so and continues at the oldest retained signal.
	 * @param executor where the subscriber is called; a slow subscriber holds a thread of
	 * it while it works, one that waits holds none
	 * @param onLag told of signals that were overwritten before they were read, between
	 * the signals before and after them and on the same thread; what it throws fails the
	 * stream
	 * @return the publisher, which otherwise is like this subscription
	 */
	public Flow.Publisher<Signal> publisher(Executor executor, Consumer<? super SignalLagException> onLag) {
		return (subscriber) -> flow(subscriber, executor, onLag);
	}

	private void flow(Flow.Subscriber<? super Signal> subscriber, Executor executor,
			@Nullable Consumer<? super SignalLagException> onLag) {
		SignalFlow flow = new SignalFlow(this, Objects.requireNonNull(subscriber, "subscriber"), executor, onLag);
		this.flows.add(flow);
		flow.start();
	}

	Cursor.Wait await(Runnable action) {
		return this.cursor.await(action);
	}

	boolean rest() {
		return this.cursor.rest();
	}

	void ended(SignalFlow flow) {
		this.flows.remove(flow);
	}

	/**
	 * Tell whether no signal will ever come.
	 * @return whether this subscription is closed, or it is finished or the hub is closed
	 * and everything before that was read
	 */
	public boolean isExhausted() {
		return this.cursor.isExhausted();
	}

	/**
	 * Take no more signals. What has been published until now may still be read; after
	 * that the subscription is exhausted, as if the hub had been closed.
	 */
	public void finish() {
		this.onClose.accept(this);
		this.cursor.finish();
		lookForEnd();
	}

	/**
	 * End the subscription at once, without reading the rest. Threads that wait in it
	 * return. Closing twice has no effect.
	 */
	@Override
	public void close() {
		this.onClose.accept(this);
		this.cursor.close();
		lookForEnd();
	}

	// A stream completes also when nothing is demanded
	void lookForEnd() {
		this.flows.forEach(SignalFlow::proceed);
	}

	long behind() {
		return this.cursor.behind();
	}

	boolean matches(String topic) {
		return this.pattern.matches(topic);
	}

}
