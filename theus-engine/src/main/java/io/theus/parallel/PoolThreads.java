package io.theus.parallel;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The threads of pools. They do not keep the virtual machine alive.
 */
final class PoolThreads {

	private static final String PREFIX = "theus-parallel-";

	private PoolThreads() {
	}

	static ExecutorService computing() {
		return Executors.newCachedThreadPool(platform(PREFIX));
	}

	static ExecutorService waiting() {
		ExecutorService virtual = virtual(PREFIX + "waiting-");
		return (virtual != null) ? virtual : Executors.newCachedThreadPool(platform(PREFIX + "waiting-"));
	}

	private static ThreadFactory platform(String prefix) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	// Null where the virtual machine is older than virtual threads
	private static @Nullable ExecutorService virtual(String prefix) {
		try {
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			Class<?> type = Class.forName("java.lang.Thread$Builder");
			Object named = type.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
			ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(named);
			Method perTask = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
			return (ExecutorService) perTask.invoke(null, factory);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

}
