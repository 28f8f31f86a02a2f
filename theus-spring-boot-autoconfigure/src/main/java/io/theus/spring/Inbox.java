package io.theus.spring;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.engine.TheusEngine;
import io.theus.process.ExecutionKey;
import io.theus.transaction.TransactionOptions;

/**
 * Processes messages that may come twice once: whose id is known, nothing is done for it,
 * and what was returned then is returned again.
 *
 * <p>
 * What is done for a message is one transaction, and the id of the message is part of its
 * commit. Processes that are called join it, each under its own contract. After a
 * conflict it is repeated, so it cannot contain processes with side effects: those take
 * the id as the key of their own execution, by {@code @Process(once = "{messageId}")} or
 * {@link TheusEngine#execute(ExecutionKey, String, Object...)}.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Inbox {

	private static final String DEFAULT = "inbox";

	private final TheusEngine engine;

	private final TransactionOptions options;

	private final Duration retention;

	private final LongAdder processed;

	private final LongAdder repeated;

	/**
	 * Create an inbox.
	 * @param engine keeps the ids of messages with its commits
	 * @param options attempts and time limit of what is done for a message; its name is
	 * not used
	 * @param retention how long the id of a message is known, positive
	 */
	public Inbox(TheusEngine engine, TransactionOptions options, Duration retention) {
		this(engine, named(options, DEFAULT), retention, new LongAdder(), new LongAdder());
	}

	private Inbox(TheusEngine engine, TransactionOptions options, Duration retention, LongAdder processed,
			LongAdder repeated) {
		this.engine = engine;
		this.options = options;
		this.retention = retention;
		this.processed = processed;
		this.repeated = repeated;
	}

	private static TransactionOptions named(TransactionOptions options, String name) {
		return new TransactionOptions(name, options.attempts(), options.timeout(), options.isolation());
	}

	/**
	 * Return the inbox of a consumer. Each consumer processes a message once, whoever
	 * else does.
	 * @param consumer what tells it from others, for example its group, not blank
	 * @return the inbox, which counts for this one as well
	 */
	public Inbox of(String consumer) {
		if (consumer.isBlank()) {
			throw new IllegalArgumentException(
					"consumer of an inbox has no name: consumer='%s', use for example its group".formatted(consumer));
		}
		return new Inbox(this.engine, named(this.options, DEFAULT + ":" + consumer), this.retention, this.processed,
				this.repeated);
	}

	/**
	 * Process a message unless it was processed before.
	 * @param <X> what processing it may fail with
	 * @param messageId identifies the message, not blank
	 * @param work what to do
	 * @throws X what the work threw, upon which the message counts as not processed
	 * @throws io.theus.conflict.ConflictException if every attempt conflicted
	 */
	@SuppressWarnings("NullAway")
	public <X extends Throwable> void process(String messageId, Work<X> work) throws X {
		process(messageId, Void.class, () -> {
			work.run();
			return null;
		});
	}

	/**
	 * Process a message unless it was processed before.
	 * @param <T> the type of the result
	 * @param <X> what processing it may fail with
	 * @param messageId identifies the message, not blank
	 * @param type the type of the result, which must be an accepted value
	 * @param work what to do
	 * @return what the work returned, now or then
	 * @throws X what the work threw, upon which the message counts as not processed
	 * @throws io.theus.conflict.ConflictException if every attempt conflicted
	 */
	// Work may return null, which a body of a generic type cannot say outside of JSpecify
	// mode
	@SuppressWarnings({ "NullAway", "CheckedExceptionNotThrown" })
	public <T extends @Nullable Object, X extends Throwable> T process(String messageId, Class<T> type,
			ProcessContext.Block<T, X> work) throws X {
		ExecutionKey key = new ExecutionKey(messageId, this.retention);
		boolean[] ran = new boolean[1];
		T result = this.engine.transact(key, type, this.options, (tx) -> {
			ran[0] = true;
			return unchecked(work);
		});
		if (ran[0]) {
			this.processed.increment();
		}
		else {
			this.repeated.increment();
		}
		return result;
	}

	private static <T extends @Nullable Object> T unchecked(ProcessContext.Block<T, ?> work) {
		try {
			return work.run();
		}
		catch (Throwable ex) {
			throw Inbox.<RuntimeException>unchanged(ex);
		}
	}

	// The caller declares it
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <X extends Throwable> X unchanged(Throwable failure) throws X {
		throw (X) failure;
	}

	/**
	 * Return how many messages were processed since the start, by all consumers.
	 * @return the number of messages
	 */
	public long processed() {
		return this.processed.sum();
	}

	/**
	 * Return how many messages were recognised since the start, by all consumers, so that
	 * nothing was done for them.
	 * @return the number of messages
	 */
	public long repeated() {
		return this.repeated.sum();
	}

	/**
	 * What is done for a message.
	 *
	 * @param <X> what it may fail with
	 */
	@FunctionalInterface
	public interface Work<X extends Throwable> {

		/**
		 * Run.
		 * @throws X whatever it fails with
		 */
		void run() throws X;

	}

}
