package io.theus.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.parallel.ParallelRejectedException;
import io.theus.parallel.ParallelSettings;
import io.theus.telemetry.ThreadBound;

/**
 * Calls that were given together, in their order.
 */
// State, under the lock: of each call how many earlier ones that it meets have not ended;
// those for which that is none, in order; how many were begun and have not ended. Whether
// two calls meet is looked up when one of them ends, rather than kept: there are as many
// pairs as the square of the calls.
//
// A batch asks the pool for no more at a time than the pool can run, so that a large one
// neither fills the queue nor is refused because it is large. Where there is no room all
// the
// same, the next end of a call of this batch is the time to ask again.
//
// Calls begin, and futures complete, without the lock.
//
// A process may return null, which the type argument cannot say outside of JSpecify mode.
// What follows a future passes its failure on.
@SuppressWarnings({ "NullAway", "FutureReturnValueIgnored" })
final class CallBatch {

	private final Overlaps overlaps;

	private final List<Member> members;

	private final ThreadBound context;

	private final Map<Kind, Room> rooms = new EnumMap<>(Kind.class);

	CallBatch(Overlaps overlaps, List<Member> members, ParallelSettings settings, ThreadBound context) {
		this.overlaps = overlaps;
		this.members = members;
		this.context = context;
		this.rooms.put(Kind.COMPUTING, new Room(settings.poolSize()));
		this.rooms.put(Kind.WAITING, new Room(settings.queueCapacity()));
	}

	void start() {
		synchronized (this) {
			for (int i = 0; i < this.members.size(); i++) {
				Member member = this.members.get(i);
				member.joined(this, i);
				for (int j = 0; j < i; j++) {
					if (meet(this.members.get(j), member)) {
						member.before++;
					}
				}
				if (member.before == 0) {
					room(member).ready.add(member);
				}
			}
		}
		beginAll();
	}

	private boolean meet(Member a, Member b) {
		return this.overlaps.mayMeet(a.process, b.process) && a.touched.meets(b.touched);
	}

	private Room room(Member member) {
		return this.rooms.get(member.process.contract().hasSideEffects() ? Kind.WAITING : Kind.COMPUTING);
	}

	private void beginAll() {
		for (Member next = next(); next != null; next = next()) {
			begin(next);
		}
	}

	private synchronized @Nullable Member next() {
		for (Room room : this.rooms.values()) {
			Member next = (room.running < room.limit) ? room.ready.poll() : null;
			if (next != null) {
				room.running++;
				next.state = Phase.BEGUN;
				return next;
			}
		}
		return null;
	}

	private void begin(Member member) {
		CompletableFuture<@Nullable Object> execution;
		try {
			execution = this.context.during(member.call::get);
		}
		catch (RuntimeException ex) {
			execution = CompletableFuture.failedFuture(ex);
		}
		if (isRefused(execution) && putBack(member)) {
			return;
		}
		if (execution.isDone()) {
			ended(member);
			member.follow(execution);
			return;
		}
		CompletableFuture<@Nullable Object> running = execution;
		boolean givenUp = member.runs(running);
		running.whenComplete((value, failure) -> {
			ended(member);
			member.settle(value, failure);
			beginAll();
		});
		if (givenUp) {
			running.cancel(true);
		}
	}

	private static boolean isRefused(CompletableFuture<@Nullable Object> execution) {
		return execution.isCompletedExceptionally()
				&& execution.handle((value, failure) -> failure).join() instanceof ParallelRejectedException;
	}

	// Unless nobody is left who would ask again
	private synchronized boolean putBack(Member member) {
		Room room = room(member);
		if (room.running == 1 || member.isDone()) {
			return false;
		}
		room.running--;
		member.state = Phase.WAITING;
		room.ready.addFirst(member);
		// Nobody else of this batch is to ask before
		room.limit = room.running;
		return true;
	}

	private synchronized void ended(Member member) {
		Room room = room(member);
		room.running--;
		room.limit = room.size;
		leave(member);
	}

	private void leave(Member member) {
		member.state = Phase.ENDED;
		for (int i = member.index + 1; i < this.members.size(); i++) {
			Member later = this.members.get(i);
			if (later.state == Phase.WAITING && meet(member, later)) {
				later.before--;
				if (later.before == 0) {
					room(later).ready.add(later);
				}
			}
		}
	}

	private boolean giveUp(Member member) {
		synchronized (this) {
			if (member.state != Phase.WAITING) {
				return false;
			}
			room(member).ready.remove(member);
			leave(member);
		}
		return true;
	}

	private enum Kind {

		COMPUTING, WAITING

	}

	private enum Phase {

		WAITING, BEGUN, ENDED

	}

	/**
	 * What runs, and may run next, in one of the pools.
	 */
	private static final class Room {

		private final int size;

		private final Deque<Member> ready = new ArrayDeque<>();

		private int limit;

		private int running;

		Room(int size) {
			this.size = size;
			this.limit = size;
		}

	}

	/**
	 * A call, as its caller gets it.
	 */
	static final class Member extends CompletableFuture<@Nullable Object> {

		private final ProcessDefinition process;

		private final Touched touched;

		private final Supplier<CompletableFuture<@Nullable Object>> call;

		private @Nullable CallBatch batch;

		private int index;

		private int before;

		private Phase state = Phase.WAITING;

		private @Nullable CompletableFuture<@Nullable Object> execution;

		private boolean givenUp;

		Member(ProcessDefinition process, Touched touched, Supplier<CompletableFuture<@Nullable Object>> call) {
			this.process = process;
			this.touched = touched;
			this.call = call;
		}

		Touched touched() {
			return this.touched;
		}

		private void joined(CallBatch newBatch, int newIndex) {
			this.batch = newBatch;
			this.index = newIndex;
		}

		// Whether it was cancelled meanwhile
		private synchronized boolean runs(CompletableFuture<@Nullable Object> newExecution) {
			this.execution = newExecution;
			return this.givenUp;
		}

		private void follow(CompletableFuture<@Nullable Object> over) {
			over.whenComplete(this::settle);
		}

		private void settle(@Nullable Object value, @Nullable Throwable failure) {
			if (failure != null) {
				completeExceptionally(AsynchronousAttempt.reason(failure));
			}
			else {
				complete(value);
			}
		}

		// One that is committing goes on
		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			CallBatch own = this.batch;
			if (own != null && own.giveUp(this)) {
				boolean cancelled = super.cancel(mayInterruptIfRunning);
				own.beginAll();
				return cancelled;
			}
			CompletableFuture<@Nullable Object> running;
			synchronized (this) {
				running = this.execution;
				this.givenUp = true;
			}
			return (running != null) ? running.cancel(mayInterruptIfRunning) : !isDone() && super.cancel(false);
		}

	}

}
