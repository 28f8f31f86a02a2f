package io.theus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Runs parts of a test on other threads.
 */
public final class OtherThreads {

	private static final long LIMIT_SECONDS = 120;

	private OtherThreads() {
	}

	/**
	 * Run on a new thread and wait, so that it happens just here.
	 */
	public static void run(Runnable action) {
		call(() -> {
			action.run();
			return true;
		});
	}

	/**
	 * Call on a new thread and wait for the result.
	 */
	public static <T> T call(Callable<T> action) {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			return executor.submit(action).get(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError("the other thread failed", ex);
		}
		finally {
			executor.shutdownNow();
		}
	}

	/**
	 * Start several threads at once, each with its number, and wait for all.
	 */
	public static void runAll(int threads, IntConsumer action) {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		CyclicBarrier start = new CyclicBarrier(threads);
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			int number = i;
			running.add(executor.submit(() -> {
				start.await(LIMIT_SECONDS, TimeUnit.SECONDS);
				action.accept(number);
				return true;
			}));
		}
		try {
			for (Future<?> each : running) {
				each.get(LIMIT_SECONDS, TimeUnit.SECONDS);
			}
		}
		catch (Exception ex) {
			throw new AssertionError("one of the threads failed", ex);
		}
		finally {
			executor.shutdownNow();
		}
	}

}
