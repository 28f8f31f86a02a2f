package io.theus.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The asynchronous types of the JDK: what they stand for has begun when they are there.
 */
final class CompletionStages implements AsynchronousType {

	@Override
	public boolean matches(Class<?> returned) {
		return returned == CompletableFuture.class || returned == CompletionStage.class;
	}

	@Override
	@SuppressWarnings("unchecked")
	public CompletableFuture<@Nullable Object> open(Object returned) {
		return ((CompletionStage<@Nullable Object>) returned).toCompletableFuture();
	}

	// What the caller gets is the future itself
	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public Object result(Function<UnaryOperator<Object>, CompletableFuture<@Nullable Object>> execution) {
		return execution.apply(UnaryOperator.identity());
	}

}
