package io.theus.spring.kafka;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.theus.outbox.OutboxMessage;

/**
 * A message on its way to the broker.
 *
 * @param message the message
 * @param lane what it has in common with those that must stay in order with it
 * @param isFollowed whether others of its lane are behind it in its batch
 * @param answer what the outbox is told
 */
record Posting(OutboxMessage message, Lane lane, boolean isFollowed, CompletableFuture<@Nullable Object> answer) {

	static List<Posting> all(List<OutboxMessage> batch) {
		Set<Lane> behind = new HashSet<>();
		List<Posting> postings = new ArrayList<>(batch.size());
		for (int i = batch.size() - 1; i >= 0; i--) {
			OutboxMessage message = batch.get(i);
			Lane lane = new Lane(message.topic(), message.key());
			postings.add(new Posting(message, lane, !behind.add(lane), new CompletableFuture<>()));
		}
		Collections.reverse(postings);
		return postings;
	}

	String topic() {
		return this.message.topic();
	}

	void confirm() {
		this.answer.complete(null);
	}

	void fail(Throwable failure) {
		this.answer.completeExceptionally(failure);
	}

	/**
	 * What messages have in common that must stay in order.
	 *
	 * @param topic the topic
	 * @param key the key, or {@code null}
	 */
	record Lane(String topic, @Nullable String key) {

	}

}
