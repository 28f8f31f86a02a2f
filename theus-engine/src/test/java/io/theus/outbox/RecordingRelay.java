package io.theus.outbox;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A relay that remembers what it was given and answers when the test says so.
 */
final class RecordingRelay implements OutboxRelay {

	private final BlockingQueue<String> sends = new LinkedBlockingQueue<>();

	private final Map<String, CompletableFuture<Object>> open = new ConcurrentHashMap<>();

	@Override
	public String name() {
		return "recorder";
	}

	@Override
	public CompletableFuture<Object> send(OutboxMessage message) {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		this.open.put(message.id(), answer);
		this.sends.add(message.id());
		return answer;
	}

	String awaitSend() throws InterruptedException {
		String id = this.sends.poll(30, TimeUnit.SECONDS);
		assertThat(id).as("message sent").isNotNull();
		return id;
	}

	void succeed(String id) {
		this.open.remove(id).complete("done");
	}

	void fail(String id, Throwable failure) {
		this.open.remove(id).completeExceptionally(failure);
	}

}
