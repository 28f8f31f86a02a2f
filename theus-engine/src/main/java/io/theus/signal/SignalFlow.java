package io.theus.signal;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.LoggedFailure;
import io.theus.internal.ring.Cursor;

/**
 * Passes the signals of a subscription to one subscriber of Reactive Streams.
 */
final class SignalFlow implements Flow.Subscription {

	/*
	 * State. 'demand' is how many signals the subscriber still wants. 'work' counts the
	 * reasons to look whether there is something to do since the last look began; 0 means
	 * that nobody looks. 'wait' and 'ended' belong to whoever looks.
	 *
	 * Who may write. Whoever raises 'work' from 0 hands a look to the executor; others
	 * leave it at that. The look repeats until it takes all reasons away, as the
	 * work-in-progress counter of Reactor and RxJava does. So the subscriber is called by
	 * one thread at a time, and the CAS on 'work' orders these calls. The flow is made
	 * with one reason, which keeps everybody out until onSubscribe has returned.
	 *
	 * Waiting. Where there is demand and no signal, the look enters the wait queue of the
	 * ring and looks for a signal once more, hence a publisher that comes in between
	 * either is seen or sees the wait. Without demand nothing waits: the next request is
	 * a reason to look, and so is the end of the stream.
	 *
	 * The rules of Reactive Streams (version 1.0.4) are quoted by their numbers.
	 */

	private static final Logger logger = LoggerFactory.getLogger(SignalFlow.class);

	private final Subscription source;

	private final Flow.Subscriber<? super Signal> subscriber;

	private final Executor executor;

	private final @Nullable Consumer<? super SignalLagException> onLag;

	private final AtomicLong demand = new AtomicLong();

	private final AtomicInteger work = new AtomicInteger(1);

	private volatile boolean cancelled;

	private volatile @Nullable IllegalArgumentException wrongRequest;

	private Cursor.@Nullable Wait wait;

	private boolean ended;

	SignalFlow(Subscription source, Flow.Subscriber<? super Signal> subscriber, Executor executor,
			@Nullable Consumer<? super SignalLagException> onLag) {
		this.source = source;
		this.subscriber = subscriber;
		this.executor = executor;
		this.onLag = onLag;
	}

	void start() {
		try {
			this.subscriber.onSubscribe(this);
		}
		catch (Throwable ex) {
			broken(ex);
		}
		handOver();
	}

	// 3.9: not a positive number is a failure; 3.17: beyond the largest is without limit;
	// 3.4 and 3.13 ask for a quick answer here and in cancel()
	@Override
	public void request(long n) {
		if (n <= 0) {
			this.wrongRequest = new IllegalArgumentException(
					"request to subscription is not positive: n=" + n + ", request at least 1 (rule 3.9)");
		}
		else {
			this.demand.accumulateAndGet(n, (before, more) -> (before + more < 0) ? Long.MAX_VALUE : before + more);
		}
		proceed();
	}

	// 3.13: cancelling drops the subscriber in the end, which the look sees to
	@Override
	public void cancel() {
		this.cancelled = true;
		proceed();
	}

	// Called by subscribers, by publishers, and by whoever ends the stream
	void proceed() {
		if (this.work.getAndIncrement() == 0) {
			handOver();
		}
	}

	private void handOver() {
		try {
			this.executor.execute(this::look);
		}
		catch (RejectedExecutionException ex) {
			if (!this.cancelled) {
				fail(ex);
			}
		}
	}

	private void look() {
		int reasons = this.work.get();
		while (reasons != 0) {
			if (!this.ended) {
				pass();
			}
			reasons = this.work.addAndGet(-reasons);
		}
	}

	private void pass() {
		try {
			while (isGoingOn() && this.demand.get() > 0) {
				Signal signal = next();
				if (signal == null) {
					break;
				}
				this.subscriber.onNext(signal);
				this.demand.getAndUpdate((wanted) -> (wanted < Long.MAX_VALUE) ? wanted - 1 : wanted);
			}
			if (isGoingOn() && this.source.isExhausted()) {
				end();
				this.subscriber.onComplete();
			}
		}
		catch (SignalLagException ex) {
			fail(ex);
		}
		catch (Throwable ex) {
			broken(ex);
		}
	}

	private boolean isGoingOn() {
		IllegalArgumentException wrong = this.wrongRequest;
		if (this.cancelled) {
			end();
		}
		else if (wrong != null && !this.ended) {
			fail(wrong);
		}
		return !this.ended;
	}

	private @Nullable Signal next() {
		Signal signal = poll();
		if (signal == null && this.source.rest()) {
			signal = poll();
		}
		if (signal == null && (this.wait == null || this.wait.isOver())) {
			this.wait = this.source.await(this::proceed);
			signal = poll();
		}
		return signal;
	}

	private @Nullable Signal poll() {
		while (true) {
			try {
				return this.source.poll();
			}
			catch (SignalLagException ex) {
				if (this.onLag == null) {
					throw ex;
				}
				this.onLag.accept(ex);
			}
		}
	}

	private void fail(Throwable cause) {
		end();
		try {
			this.subscriber.onError(cause);
		}
		catch (Throwable ex) {
			broken(ex);
		}
	}

	// 2.13: who throws has cancelled
	private void broken(Throwable cause) {
		logger.error("Subscriber '{}' of signals failed and is not called any more", this.subscriber,
				LoggedFailure.of(cause, logger));
		this.cancelled = true;
		end();
	}

	private void end() {
		this.ended = true;
		if (this.wait != null) {
			this.wait.end();
		}
		this.source.ended(this);
	}

}
