package io.theus.signal;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which a hub calls subscribers of Reactive Streams: one for each that is
 * at work, none for those that wait. They end by themselves, so nobody has to stop them.
 */
final class SignalThreads {

	private static final int IDLE_SECONDS = 10;

	private static final AtomicInteger count = new AtomicInteger();

	private SignalThreads() {
	}

	static Executor create() {
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "theus-signals-" + count.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
	}

}
