package io.theus.spring.reactor;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.theus.process.AsynchronousType;

/**
 * A {@link Mono} as what a process returns. It is lazy on both sides: each subscription
 * of the caller is one execution, which subscribes once to what the body returns in each
 * attempt, in the context of the caller. An empty one stands for no value.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class MonoType implements AsynchronousType {

	@Override
	public boolean matches(Class<?> returned) {
		return returned == Mono.class;
	}

	@Override
	@SuppressWarnings("unchecked")
	public CompletableFuture<@Nullable Object> open(Object returned) {
		return (CompletableFuture<@Nullable Object>) (CompletableFuture<?>) ((Mono<?>) returned).toFuture();
	}

	@Override
	public Object result(Function<UnaryOperator<Object>, CompletableFuture<@Nullable Object>> execution) {
		return Mono.deferContextual((context) -> Mono
			.fromFuture(execution.apply((returned) -> ((Mono<?>) returned).contextWrite(context))));
	}

}
