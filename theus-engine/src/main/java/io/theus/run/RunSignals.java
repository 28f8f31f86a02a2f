package io.theus.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.theus.run.SignalSet.Entry;
import io.theus.run.Suspension.Kind;

/**
 * Takes signals to the branches of one run, and lets them wait for signals and
 * conditions.
 */
// Guarded by the lock of the branches
final class RunSignals {

	private final Run run;

	private final Branches branches;

	private final RunEnvironment environment;

	private final Mailbox mailbox = new Mailbox();

	private final List<Runnable> conditions = new ArrayList<>(0);

	// Everything that happens to the run, in order
	private final AtomicLong numbers = new AtomicLong();

	RunSignals(Run run, Branches branches, RunEnvironment environment) {
		this.run = run;
		this.branches = branches;
		this.environment = environment;
	}

	long nextNumber() {
		return this.numbers.incrementAndGet();
	}

	// With the lock, so that what was sent until then is there
	long number() {
		synchronized (this.branches) {
			return this.numbers.get();
		}
	}

	Map<String, Entry> sent() {
		return this.mailbox.sent();
	}

	List<String> awaited() {
		synchronized (this.branches) {
			return this.mailbox.awaited();
		}
	}

	/**
	 * Let a branch wait for a signal, unless one was sent already.
	 * @param branch the branch, on its thread
	 * @param topic the topic
	 * @param where what has to hold for the payload
	 * @param receipt what happens when it has come
	 * @param begun told when the branch begins to rest, before it does
	 * @param timer starts the time limit
	 * @return the payload in a list if it has been sent already; {@code null} if the
	 * branch rests
	 */
	@Nullable List<@Nullable Object> await(Branch branch, String topic, Predicate<@Nullable Object> where,
			SignalWait.Receipt receipt, Runnable begun, Consumer<Suspension> timer) {
		Suspension suspension = new Suspension(Kind.WAIT);
		SignalWait wait = new SignalWait(this, branch, suspension, topic, where, receipt);
		synchronized (this.branches) {
			List<@Nullable Object> earlier = this.mailbox.take(wait);
			if (earlier != null) {
				return earlier;
			}
			begun.run();
			this.branches.suspend(branch, suspension, (resting) -> {
				this.mailbox.add(wait);
				Runnable routed = this.environment.register(wait);
				resting.registration(() -> {
					this.mailbox.remove(wait);
					routed.run();
				});
				timer.accept(resting);
			});
		}
		this.run.tell();
		return null;
	}

	/**
	 * Send the run a signal.
	 * @param topic the topic
	 * @param payload the payload
	 * @return whether the run has not ended
	 */
	boolean send(String topic, @Nullable Object payload) {
		List<Runnable> checks;
		synchronized (this.branches) {
			if (this.run.isOver()) {
				return false;
			}
			SignalWait wait = this.mailbox.send(topic, payload, nextNumber());
			if (wait != null) {
				deliver(wait, payload);
			}
			checks = List.copyOf(this.conditions);
		}
		this.run.tell();
		checks.forEach(this.branches::execute);
		return true;
	}

	/**
	 * Offer a signal of the hub to a wait.
	 * @param wait the wait
	 * @param payload its payload
	 */
	void offer(SignalWait wait, @Nullable Object payload) {
		synchronized (this.branches) {
			if (wait.branch().suspension() != wait.suspension() || !wait.accepts(wait.topic(), payload)) {
				return;
			}
			deliver(wait, payload);
		}
		this.run.tell();
	}

	private void deliver(SignalWait wait, @Nullable Object payload) {
		this.branches.take(wait.branch(), wait.suspension());
		this.branches.goOn(wait.branch(), wait.turn(payload));
	}

	/**
	 * The run has ended: nobody takes what was sent any more; to be called with the lock.
	 */
	void over() {
		this.mailbox.clear();
	}

	/**
	 * Have a condition looked at, now and whenever what it depends on may have changed;
	 * to be called with the lock.
	 * @param check looks at it
	 * @return stops that
	 */
	Runnable watch(Runnable check) {
		this.conditions.add(check);
		Runnable watched = this.environment.watch(check);
		this.branches.execute(check);
		return () -> {
			this.conditions.remove(check);
			watched.run();
		};
	}

}
