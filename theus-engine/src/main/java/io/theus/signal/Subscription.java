package io.theus.signal;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.internal.ring.Cursor;
import io.theus.path.TopicPattern;

/**
 * A place in the stream of signals of a {@link SignalHub}, limited to topics that match a
 * pattern.
 *
 * <p>
 * All methods may be called by any number of threads. Threads that share a subscription
 * compete: each signal goes to one of them.
 *
 * @since 0.1.0
 */
public final class Subscription implements AutoCloseable {

	private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

	private final TopicPattern pattern;

	private final Cursor<Signal> cursor;

	private final Consumer<Subscription> onClose;

	Subscription(TopicPattern pattern, Cursor<Signal> cursor, Consumer<Subscription> onClose) {
		this.pattern = pattern;
		this.cursor = cursor;
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
		while (signal != null && !matches(signal)) {
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
		while (signal != null && !matches(signal)) {
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
			Signal signal = poll(FOREVER);
			while (signal != null) {
				action.accept(signal);
				signal = poll(FOREVER);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Tell whether no signal will ever come.
	 * @return whether this subscription is closed, or the hub is closed and everything in
	 * it was read
	 */
	public boolean isExhausted() {
		return this.cursor.isExhausted();
	}

	/**
	 * End the subscription at once, without reading the rest. Threads that wait in it
	 * return. Closing twice has no effect.
	 */
	@Override
	public void close() {
		this.cursor.close();
		this.onClose.accept(this);
	}

	boolean matches(Signal signal) {
		return this.pattern.matches(signal.topic());
	}

}
