package io.theus.spring.actuate;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import io.theus.outbox.MessageFilter;
import io.theus.outbox.MessageState;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxEntry;
import io.theus.outbox.OutboxStatus;

/**
 * The endpoint {@code theusoutbox}, found at {@code theus/outbox}: how the outbox fares,
 * and the messages that it holds, without their content.
 *
 * @since 0.1.0
 */
@Endpoint(id = "theusoutbox", defaultAccess = Access.READ_ONLY)
public final class OutboxEndpoint {

	private final Outbox outbox;

	private final ShownValues values;

	/**
	 * Create the endpoint.
	 * @param outbox the outbox
	 * @param values decides who sees keys of messages
	 */
	public OutboxEndpoint(Outbox outbox, ShownValues values) {
		this.outbox = outbox;
		this.values = values;
	}

	/**
	 * Give the status and messages that are held.
	 * @param caller who asks
	 * @param state only messages in this state
	 * @param topic only messages to this topic
	 * @param offset how many messages to leave out
	 * @param limit how many messages to give at most, 100 if absent
	 * @return status and messages, oldest first
	 */
	@ReadOperation
	public WebEndpointResponse<?> outbox(SecurityContext caller, @Nullable String state, @Nullable String topic,
			@Nullable String offset, @Nullable String limit) {
		return Answer.to(() -> {
			Page page = Page.of(offset, limit);
			MessageState wanted = (state != null) ? Parameters.constant("state", state, MessageState.class) : null;
			boolean shown = this.values.isShownTo(caller);
			List<Message> messages = this.outbox.messages(new MessageFilter(wanted, topic, null), page.offset(), page.limit())
				.stream()
				.map((entry) -> describe(entry, shown))
				.toList();
			return new Description(this.outbox.status(), page.offset(), messages);
		});
	}

	private Message describe(OutboxEntry entry, boolean shown) {
		String key = entry.message().key();
		String shownKey = (key != null)
				? String.valueOf(this.values.render("outbox." + entry.message().topic() + ".key", key, shown)) : null;
		return new Message(entry.message().id(), entry.message().topic(), shownKey, entry.message().commitVersion(),
				entry.message().created(), entry.message().bodyLength(), entry.state(), entry.attempts(),
				entry.lastError(), entry.nextAttempt());
	}

	/**
	 * The outbox.
	 *
	 * @param status how it fares
	 * @param offset how many messages are left out before these
	 * @param messages messages that it holds
	 */
	public record Description(OutboxStatus status, int offset, List<Message> messages) {

	}

	/**
	 * A message that the outbox holds.
	 *
	 * @param id its id
	 * @param topic where it goes
	 * @param key its key, masked for most callers, {@code null} if it has none
	 * @param commit the sequence number of its commit
	 * @param created when it was committed
	 * @param size the length of its content in bytes
	 * @param state how it fares
	 * @param attempts how often sending it has failed
	 * @param lastError what the last attempt failed with
	 * @param nextAttempt when it is sent again
	 */
	public record Message(String id, String topic, @Nullable String key, long commit, Instant created, int size,
			MessageState state, int attempts, @Nullable String lastError, @Nullable Instant nextAttempt) {

	}

}
