package io.theus.process;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.transaction.Frame;

/**
 * What an asynchronous process comes to, for a caller who wants it in another form or who
 * had it begun elsewhere. Cancelling it gives the execution up.
 *
 * @param <T> the form
 */
// A process may return null, which the type argument cannot say outside of JSpecify mode.
// What follows a future passes its failure on.
@SuppressWarnings({ "NullAway", "FutureReturnValueIgnored" })
final class Relayed<T extends @Nullable Object> extends CompletableFuture<T> {

	private final Function<@Nullable Object, T> form;

	private volatile @Nullable CompletableFuture<@Nullable Object> execution;

	Relayed(Function<@Nullable Object, T> form) {
		this.form = form;
	}

	void follow(Frame.Body<CompletableFuture<@Nullable Object>> call) {
		if (isDone()) {
			return;
		}
		try {
			CompletableFuture<@Nullable Object> begun = call.run();
			this.execution = begun;
			begun.whenComplete((value, failure) -> {
				if (failure != null) {
					completeExceptionally(AsynchronousAttempt.reason(failure));
				}
				else {
					complete(this.form.apply(value));
				}
			});
			if (isDone()) {
				begun.cancel(true);
			}
		}
		catch (Throwable ex) {
			completeExceptionally(ex);
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		CompletableFuture<@Nullable Object> begun = this.execution;
		if (begun != null && !isDone()) {
			return begun.cancel(mayInterruptIfRunning);
		}
		return super.cancel(mayInterruptIfRunning);
	}

}
