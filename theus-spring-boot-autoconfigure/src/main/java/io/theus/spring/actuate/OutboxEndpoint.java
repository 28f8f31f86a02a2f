package io.theus.spring.actuate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import io.theus.outbox.MessageFilter;
import io.theus.outbox.MessageState;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxEntry;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxStatus;

/**
 * The endpoint {@code theusoutbox}, found at {@code theus/outbox}: how the outbox fares,
 * the messages that it knows, without their content, and where access is granted what an
 * operator does with them.
 *
 * @since 0.1.0
 */
@Endpoint(id = "theusoutbox", defaultAccess = Access.READ_ONLY)
public final class OutboxEndpoint {

	private final Outbox outbox;

	private final OutboxActions actions;

	private final ShownValues values;

	/**
	 * Create the endpoint.
	 * @param outbox the outbox
	 * @param values decides who sees keys, headers and errors of messages
	 */
	public OutboxEndpoint(Outbox outbox, ShownValues values) {
		this.outbox = outbox;
		this.actions = new OutboxActions(outbox);
		this.values = values;
	}

	/**
	 * Give the status and messages.
	 * @param caller who asks
	 * @param state only messages in this state; those that were sent or discarded are
	 * given only if it is named
	 * @param topic only messages to this topic
	 * @param key only messages with this key
	 * @param offset how many messages to leave out
	 * @param limit how many messages to give at most, 100 if absent
	 * @return status and messages, oldest first
	 */
	@ReadOperation
	public WebEndpointResponse<?> outbox(SecurityContext caller, @Nullable String state, @Nullable String topic,
			@Nullable String key, @Nullable String offset, @Nullable String limit) {
		return Answer.to(() -> {
			Page page = Page.of(offset, limit);
			MessageFilter filter = OutboxActions.filter(state, topic, key);
			boolean shown = this.values.isShownTo(caller);
			List<Message> messages = this.outbox.messages(filter, page.offset(), page.limit())
				.stream()
				.map((entry) -> describe(entry, shown))
				.toList();
			return new Description(status(shown), this.outbox.count(filter), page.offset(), messages);
		});
	}

	/**
	 * Give one message.
	 * @param caller who asks
	 * @param id its id
	 * @return the message
	 */
	@ReadOperation
	public WebEndpointResponse<?> message(SecurityContext caller, @Selector String id) {
		return Answer.to(() -> describe(this.actions.find(id), this.values.isShownTo(caller)));
	}

	/**
	 * Do something with many messages, or with the outbox.
	 * @param caller who asks
	 * @param action {@code replay}, {@code discard}, {@code pause} or {@code resume}
	 * @param state for {@code replay} and {@code discard} only messages in this state
	 * @param topic for both only messages to this topic
	 * @param key for both only messages with this key
	 * @param reason for {@code discard} why nobody needs the messages
	 * @return how many messages it was done with, and how the outbox fares
	 */
	@WriteOperation
	public WebEndpointResponse<?> act(SecurityContext caller, @Selector String action, @Nullable String state,
			@Nullable String topic, @Nullable String key, @Nullable String reason) {
		return Answer.to(() -> {
			int count = switch (Parameters.constant("action", action, Action.class)) {
				case REPLAY -> this.actions.replay(OutboxActions.filter(state, topic, key));
				case DISCARD -> this.actions.discard(OutboxActions.filter(state, topic, key), reason);
				case PAUSE -> this.actions.pause();
				case RESUME -> this.actions.resume();
			};
			return new Done(count, status(this.values.isShownTo(caller)));
		});
	}

	/**
	 * Do something with one message.
	 * @param caller who asks
	 * @param id its id
	 * @param action {@code replay} or {@code discard}
	 * @param reason for {@code discard} why nobody needs the message
	 * @return the message
	 */
	@WriteOperation
	public WebEndpointResponse<?> actOn(SecurityContext caller, @Selector String id, @Selector String action,
			@Nullable String reason) {
		return Answer.to(() -> {
			this.actions.find(id);
			switch (Parameters.constant("action", action, MessageAction.class)) {
				case REPLAY -> this.actions.replay(id);
				case DISCARD -> this.actions.discard(id, reason);
			}
			return describe(this.actions.find(id), this.values.isShownTo(caller));
		});
	}

	// What relays fail with may say anything
	private OutboxStatus status(boolean shown) {
		OutboxStatus status = this.outbox.status();
		return status.withLastError(text("outbox.error", status.lastError(), shown));
	}

	private Message describe(OutboxEntry entry, boolean shown) {
		OutboxMessage message = entry.message();
		String name = "outbox." + message.topic();
		Map<String, @Nullable String> headers = new LinkedHashMap<>();
		message.headers().forEach((header, value) -> headers.put(header, text(name + "." + header, value, shown)));
		return new Message(message.id(), message.topic(), text(name + ".key", message.key(), shown),
				message.commitVersion(), message.created(), message.contentType(), message.bodyLength(), headers,
				entry.state(), entry.attempts(), text(name + ".error", entry.lastError(), shown), entry.nextAttempt(),
				entry.ended(), entry.reason());
	}

	private @Nullable String text(String name, @Nullable String value, boolean shown) {
		return (value != null) ? String.valueOf(this.values.render(name, value, shown)) : null;
	}

	/**
	 * What is done with the outbox.
	 */
	private enum Action {

		REPLAY, DISCARD, PAUSE, RESUME

	}

	/**
	 * What is done with a message.
	 */
	private enum MessageAction {

		REPLAY, DISCARD

	}

	/**
	 * The outbox.
	 *
	 * @param status how it fares
	 * @param total how many messages are meant
	 * @param offset how many of them are left out before these
	 * @param messages messages that it knows
	 */
	public record Description(OutboxStatus status, long total, int offset, List<Message> messages) {

	}

	/**
	 * What was done.
	 *
	 * @param count with how many messages
	 * @param status how the outbox fares now
	 */
	public record Done(int count, OutboxStatus status) {

	}

	/**
	 * A message that the outbox knows.
	 *
	 * @param id its id
	 * @param topic where it goes
	 * @param key its key, masked for most callers, {@code null} if it has none
	 * @param commit the sequence number of its commit
	 * @param created when it was committed
	 * @param contentType the media type of its content
	 * @param size the length of its content in bytes
	 * @param headers its headers, values masked for most callers
	 * @param state how it fares
	 * @param attempts how often sending it has failed
	 * @param lastError what the last attempt failed with, masked for most callers
	 * @param nextAttempt when it is sent again
	 * @param ended when it was sent or discarded
	 * @param reason why it was discarded
	 */
	public record Message(String id, String topic, @Nullable String key, long commit, Instant created,
			String contentType, int size, Map<String, @Nullable String> headers, MessageState state, int attempts,
			@Nullable String lastError, @Nullable Instant nextAttempt, @Nullable Instant ended,
			@Nullable String reason) {

	}

}
