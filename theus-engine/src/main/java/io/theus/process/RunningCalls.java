package io.theus.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What was begun on the engine's own threads and runs there now, so that it can be
 * interrupted when its time is over, without a timer for each call.
 */
// State: a place for each thread that works for the engine, in which it notes what it has
// begun; and the one look that the timer will take at all of them, at the end that comes
// first. A call costs two volatile writes and one volatile read; only one whose end comes
// before the next look sets the timer.
//
// Nothing is missed: a call is noted before it asks for the next look, and a look is over
// ('next' is null) before it asks what is noted. So one of the two sees the other.
final class RunningCalls {

	private static final ThreadLocal<@Nullable Place> PLACE = new ThreadLocal<>();

	private final Set<Place> places = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService timer;

	private volatile @Nullable Look next;

	RunningCalls(ScheduledExecutorService timer) {
		this.timer = timer;
	}

	// Work on a thread of the engine
	Runnable noting(Runnable task) {
		return () -> {
			Place place = new Place(this);
			this.places.add(place);
			PLACE.set(place);
			try {
				task.run();
			}
			finally {
				PLACE.remove();
				this.places.remove(place);
			}
		};
	}

	// Where this thread notes what it begins, null for threads of others
	@Nullable Place here() {
		Place place = PLACE.get();
		return (place != null && place.owner == this) ? place : null;
	}

	private void lookAt(long end) {
		Look planned = this.next;
		if (planned == null || end - planned.time < 0) {
			plan(end);
		}
	}

	private synchronized void plan(long end) {
		Look planned = this.next;
		if (planned != null && end - planned.time >= 0) {
			return;
		}
		Look look = new Look(end);
		try {
			look.task = this.timer.schedule(() -> look(look), end - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The engine is closed, nobody looks any more
			return;
		}
		if (planned != null && planned.task != null) {
			planned.task.cancel(false);
		}
		this.next = look;
	}

	private void look(Look look) {
		synchronized (this) {
			if (this.next != look) {
				return;
			}
			this.next = null;
		}
		boolean more = false;
		long first = 0;
		for (Place place : this.places) {
			SubmittedExecution<?> call = place.call;
			if (call == null) {
				continue;
			}
			long end = call.deadline().end();
			if (call.deadline().remainingNanos() <= 0) {
				call.expire();
			}
			else if (!more || end - first < 0) {
				more = true;
				first = end;
			}
		}
		if (more) {
			lookAt(first);
		}
	}

	/**
	 * Where a thread notes what it has begun.
	 */
	static final class Place {

		private final RunningCalls owner;

		private volatile @Nullable SubmittedExecution<?> call;

		Place(RunningCalls owner) {
			this.owner = owner;
		}

		@Nullable SubmittedExecution<?> begin(SubmittedExecution<?> newCall) {
			SubmittedExecution<?> outer = this.call;
			this.call = newCall;
			this.owner.lookAt(newCall.deadline().end());
			return outer;
		}

		void end(@Nullable SubmittedExecution<?> outer) {
			this.call = outer;
		}

	}

	/**
	 * A look of the timer.
	 */
	private static final class Look {

		private final long time;

		private @Nullable Future<?> task;

		Look(long time) {
			this.time = time;
		}

	}

}
