package io.theus.outbox;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One attempt to send a message. It listens for the answer of the relay, which may come
 * on any thread, and more than once, and for the end of the time it may take: the first
 * of these counts.
 */
final class Delivery implements BiConsumer<@Nullable Object, @Nullable Throwable> {

	final Held held;

	final Batch batch;

	private final Consumer<Delivery> onAnswer;

	private final AtomicBoolean answered = new AtomicBoolean();

	/** Written before the answer is passed on through a queue, read after. */
	private @Nullable Throwable failure;

	Delivery(Held held, Batch batch, Consumer<Delivery> onAnswer) {
		this.held = held;
		this.batch = batch;
		this.onAnswer = onAnswer;
	}

	@Override
	public void accept(@Nullable Object result, @Nullable Throwable failure) {
		if (this.answered.compareAndSet(false, true)) {
			this.failure = failure;
			this.onAnswer.accept(this);
		}
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

}
