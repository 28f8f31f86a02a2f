package io.theus.spring.outbox;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a relay that waits for its destination. What has no thread yet waits,
 * which the outbox bounds.
 */
final class RelayThreads {

	private final ThreadPoolExecutor threads;

	RelayThreads(String name, int count) {
		this.threads = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, name);
					thread.setDaemon(true);
					return thread;
				});
		this.threads.allowCoreThreadTimeOut(true);
	}

	CompletableFuture<?> run(Callable<?> delivery) {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		try {
			this.threads.execute(() -> {
				try {
					answer.complete(delivery.call());
				}
				catch (Throwable ex) {
					// Also errors: the outbox waits for an answer in any case
					answer.completeExceptionally(ex);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			answer.completeExceptionally(ex);
		}
		return answer;
	}

	// What still waits gets no answer: the outbox has stopped before
	void stop() {
		this.threads.shutdownNow();
	}

}
