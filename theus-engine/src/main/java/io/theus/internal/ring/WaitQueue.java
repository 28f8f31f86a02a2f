package io.theus.internal.ring;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Who waits for the next entry of a ring: threads, and actions that are to be run then.
 */
final class WaitQueue {

	/*
	 * State. A stack of waiters by Treiber
	 * ("Systems programming: coping with parallelism", 1986). A waiter is a fresh object
	 * for each wait, so no CAS on the top can mistake one for another. A waiter whose
	 * action is null is dead: it was woken or has left.
	 *
	 * Who may write. A reader pushes itself with a CAS on the top, which pairs with other
	 * pushes and with a waker's exchange. A waker takes the whole stack by exchanging the
	 * top for null; then the chain is its own, apart from waiters in it that leave. A
	 * reader that leaves marks its waiter dead and unlinks dead waiters below the top, as
	 * java.util.concurrent.FutureTask does: links are only ever moved past dead waiters,
	 * so no live one is lost; two readers leaving at once may leave a dead one behind,
	 * which the next waker or leaver removes.
	 *
	 * Ordering. Reader: push, then look for entries, then park. Waker: publish, then look
	 * at the top. All are volatile accesses, so one of the two sees the other. The action
	 * of a waiter is cleared before it is run, so a reader that finds its waiter dead
	 * knows that it must push a new one before it waits again.
	 *
	 * Limits. A waker wakes all readers, also those for which the entry is of no
	 * interest. Leaving early costs a walk over the readers that wait.
	 */

	private final AtomicReference<@Nullable Waiter> top = new AtomicReference<>();

	/**
	 * Enter the current thread.
	 * @return its place, good until it is unparked
	 */
	Waiter join() {
		Thread thread = Thread.currentThread();
		return join(() -> LockSupport.unpark(thread));
	}

	/**
	 * Enter an action.
	 * @param action what to run when the waiter is woken, quick, on the thread of the
	 * waker; it must not throw
	 * @return its place, good until the action is run
	 */
	Waiter join(Runnable action) {
		Waiter waiter = new Waiter(action);
		Waiter below;
		do {
			below = this.top.get();
			waiter.below = below;
		}
		while (!this.top.compareAndSet(below, waiter));
		return waiter;
	}

	/**
	 * Wake all that wait. Costs one volatile read when nobody does.
	 */
	void wakeAll() {
		if (this.top.get() == null) {
			return;
		}
		for (Waiter waiter = this.top.getAndSet(null); waiter != null; waiter = waiter.below) {
			Runnable action = waiter.action;
			if (action != null) {
				waiter.action = null;
				action.run();
			}
		}
	}

	/**
	 * Forget a waiter that stops waiting.
	 * @param waiter the waiter, which may have been woken
	 */
	void leave(Waiter waiter) {
		if (waiter.action != null) {
			waiter.action = null;
			boolean raced;
			do {
				raced = !unlinkDead();
			}
			while (raced);
		}
	}

	private boolean unlinkDead() {
		Waiter above = null;
		for (Waiter waiter = this.top.get(); waiter != null;) {
			Waiter below = waiter.below;
			if (waiter.action != null) {
				above = waiter;
			}
			else if (above != null) {
				above.below = below;
				if (above.action == null) {
					return false;
				}
			}
			else if (!this.top.compareAndSet(waiter, below)) {
				return false;
			}
			waiter = below;
		}
		return true;
	}

	/**
	 * Count the waiters that are linked, dead ones included.
	 * @return the number of waiters
	 */
	int size() {
		int size = 0;
		for (Waiter waiter = this.top.get(); waiter != null; waiter = waiter.below) {
			size++;
		}
		return size;
	}

	/**
	 * One thread or action during one wait.
	 */
	static final class Waiter {

		private volatile @Nullable Runnable action;

		private volatile @Nullable Waiter below;

		private Waiter(Runnable action) {
			this.action = action;
		}

		boolean isWoken() {
			return this.action == null;
		}

	}

}
