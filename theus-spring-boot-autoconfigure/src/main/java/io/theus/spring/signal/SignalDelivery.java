package io.theus.spring.signal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.LoggedFailure;
import io.theus.signal.Signal;
import io.theus.signal.SignalLagException;
import io.theus.signal.Subscription;
import io.theus.spring.SignalListenerObserver;

/**
 * Calls one receiver with the signals of one subscription, one after the other, until the
 * subscription ends.
 */
// One thread at a time calls the methods of the subscriber, as Reactive Streams demands.
// Everything is demanded at once, because nothing is read from the subscription before
// the
// receiver has returned.
final class SignalDelivery implements Flow.Subscriber<Signal> {

	private static final Logger logger = LoggerFactory.getLogger(SignalDelivery.class);

	private final String name;

	private final Subscription subscription;

	private final Receiver receiver;

	private final SignalListenerObserver observer;

	private final CountDownLatch ended = new CountDownLatch(1);

	private boolean started;

	SignalDelivery(String name, Subscription subscription, Receiver receiver, SignalListenerObserver observer) {
		this.name = name;
		this.subscription = subscription;
		this.receiver = receiver;
		this.observer = observer;
	}

	void start(Executor executor) {
		this.started = true;
		this.subscription.publisher(executor, this::missed).subscribe(this);
	}

	/**
	 * Take no more than what has been published until now.
	 */
	void finish() {
		this.subscription.finish();
	}

	/**
	 * Wait until what was taken has been worked off.
	 * @param nanos how long to wait at most
	 * @return whether that is so
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	boolean awaitEnd(long nanos) throws InterruptedException {
		return !this.started || this.ended.await(nanos, TimeUnit.NANOSECONDS);
	}

	void close() {
		this.subscription.close();
	}

	String name() {
		return this.name;
	}

	@Override
	public void onSubscribe(Flow.Subscription flow) {
		flow.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Signal signal) {
		long start = System.nanoTime();
		boolean failed = false;
		try {
			this.receiver.receive(signal);
		}
		catch (Throwable ex) {
			failed = true;
			logger.error("Signal listener '{}' failed at signal '{}': version={}", this.name, signal.topic(),
					(signal.commitVersion() != Signal.NO_COMMIT) ? signal.commitVersion() : "none",
					LoggedFailure.of(ex, logger));
		}
		this.observer.called(this.name, Duration.ofNanos(System.nanoTime() - start), failed);
	}

	private void missed(SignalLagException lag) {
		logger.warn("Signal listener '{}' is too slow: {}", this.name, lag.getMessage());
		this.observer.missed(this.name, lag.missed());
	}

	@Override
	public void onError(Throwable cause) {
		logger.error("Signal listener '{}' hears no more signals", this.name, LoggedFailure.of(cause, logger));
		this.ended.countDown();
	}

	@Override
	public void onComplete() {
		this.ended.countDown();
	}

	/**
	 * Is called with signals.
	 */
	interface Receiver {

		void receive(Signal signal) throws Throwable;

	}

}
