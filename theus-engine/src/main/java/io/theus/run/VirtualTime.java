package io.theus.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * Time that passes at once when there is nothing to do. For one thread.
 */
// What is due at the same moment happens in the order in which it was asked for, and what
// follows from it before the next alarm
final class VirtualTime {

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(
			Comparator.comparingLong(Alarm::due).thenComparingLong(Alarm::number));

	private long now;

	private long numbers;

	long nanos() {
		return this.now;
	}

	Duration passed() {
		return Duration.ofNanos(this.now);
	}

	void execute(Runnable task) {
		this.tasks.addLast(task);
	}

	Future<?> after(Duration delay, Runnable task) {
		Alarm alarm = new Alarm(later(delay), this.numbers++, task, new CompletableFuture<>());
		this.alarms.add(alarm);
		return alarm.handle;
	}

	private long later(Duration delay) {
		try {
			return Math.addExact(this.now, Math.max(0, delay.toNanos()));
		}
		catch (ArithmeticException ex) {
			return Long.MAX_VALUE;
		}
	}

	/**
	 * Return what is to be done now.
	 * @return the task, {@code null} if time has to pass first
	 */
	@Nullable Runnable next() {
		return this.tasks.pollFirst();
	}

	/**
	 * Return whether something happens by itself when time passes.
	 * @return whether there is an alarm
	 */
	boolean isWaiting() {
		while (!this.alarms.isEmpty() && this.alarms.peek().handle.isCancelled()) {
			this.alarms.remove();
		}
		return !this.alarms.isEmpty();
	}

	/**
	 * Let time pass until the next alarm.
	 * @param end when it ends at the latest
	 * @return what the alarm does, {@code null} if there is none until then
	 */
	@Nullable Runnable pass(Duration end) {
		if (!isWaiting()) {
			return null;
		}
		Alarm first = this.alarms.element();
		if (first.due > end.toNanos()) {
			return null;
		}
		this.alarms.remove();
		this.now = first.due;
		first.handle.complete(true);
		return first.task;
	}

	/**
	 * Something that is to happen later.
	 *
	 * @param due when
	 * @param number its place among those that are due at the same moment
	 * @param task what is to happen
	 * @param handle cancels it
	 */
	private record Alarm(long due, long number, Runnable task, CompletableFuture<Boolean> handle) {

	}

}
