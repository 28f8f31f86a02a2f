package io.theus.process;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.contract.InvalidContractException;

/**
 * What a process method returns in the end.
 *
 * @param value the type of the value, {@code void} for none
 * @param asynchronous how the value is returned that is there later, {@code null} for a
 * value that is there when the method returns
 */
record ReturnType(Class<?> value, @Nullable AsynchronousType asynchronous) {

	// Libraries are known by name: the engine must not need them
	private static final List<String> UNKNOWN = List.of("reactor.core.publisher.Mono", "io.reactivex.", "rx.",
			"io.smallrye.mutiny.", "com.google.common.util.concurrent.");

	/**
	 * Find out what a method returns.
	 * @param id the process that it is
	 * @param method the method
	 * @param types which types are asynchronous
	 * @return the type of its value
	 * @throws InvalidContractException if its value would be there later and the engine
	 * could not tell when
	 */
	static ReturnType of(String id, Method method, List<AsynchronousType> types) {
		refuseSuspending(id, method);
		Class<?> returned = method.getReturnType();
		for (AsynchronousType type : types) {
			if (type.matches(returned)) {
				return new ReturnType(argument(method.getGenericReturnType()), type);
			}
		}
		refuseUnknown(id, returned);
		return new ReturnType(returned, null);
	}

	/**
	 * Check what a process declares about its commits.
	 * @param id the process
	 * @param isolation how it is isolated
	 * @throws InvalidContractException if each of its writes were a commit of its own,
	 * which may have to wait on a thread that must not
	 */
	void check(String id, Isolation isolation) {
		if (this.asynchronous != null && isolation == Isolation.RAW) {
			throw new InvalidContractException(id, "it is asynchronous and has isolation = RAW",
					"choose HYBRID, or let the process return the value itself");
		}
	}

	private static void refuseSuspending(String id, Method method) {
		int count = method.getParameterCount();
		if (count > 0 && method.getParameterTypes()[count - 1].getName().equals("kotlin.coroutines.Continuation")) {
			throw new InvalidContractException(id,
					"its method is a suspend function of Kotlin, which returns whenever it waits",
					"write a function that does not suspend, or one that returns a CompletableFuture, "
							+ "such as scope.future { ... }");
		}
	}

	private static void refuseUnknown(String id, Class<?> returned) {
		String name = returned.getSimpleName();
		if (CompletionStage.class.isAssignableFrom(returned)) {
			throw new InvalidContractException(id,
					"its method is asynchronous and returns %s, which the engine cannot make for the caller"
						.formatted(name),
					"declare it as CompletionStage or CompletableFuture");
		}
		if (UNKNOWN.stream().anyMatch(returned.getName()::startsWith)) {
			throw new InvalidContractException(id,
					"its method is asynchronous and returns %s, which the engine does not know".formatted(name),
					"return a CompletableFuture, or register an AsynchronousType");
		}
		if (isStream(returned)) {
			throw new InvalidContractException(id,
					"its method returns a stream (%s), and a process returns one value".formatted(name),
					"return the elements as one value that is there later, such as Mono<List<...>>, or a CompletableFuture");
		}
		if (Future.class.isAssignableFrom(returned)) {
			throw new InvalidContractException(id,
					"its method is asynchronous and returns %s, which does not tell when it is done".formatted(name),
					"return a CompletableFuture");
		}
	}

	private static boolean isStream(@Nullable Class<?> type) {
		if (type == null) {
			return false;
		}
		if (type == Flow.Publisher.class || type.getName().equals("org.reactivestreams.Publisher")
				|| type.getName().equals("kotlinx.coroutines.flow.Flow")) {
			return true;
		}
		for (Class<?> implemented : type.getInterfaces()) {
			if (isStream(implemented)) {
				return true;
			}
		}
		return isStream(type.getSuperclass());
	}

	private static Class<?> argument(Type type) {
		Class<?> value = (type instanceof ParameterizedType generic) ? raw(generic.getActualTypeArguments()[0])
				: Object.class;
		return (value == Void.class) ? void.class : value;
	}

	private static Class<?> raw(Type type) {
		if (type instanceof Class<?> raw) {
			return raw;
		}
		if (type instanceof ParameterizedType generic) {
			return raw(generic.getRawType());
		}
		if (type instanceof WildcardType wildcard) {
			return raw(wildcard.getUpperBounds()[0]);
		}
		return (type instanceof TypeVariable<?> variable) ? raw(variable.getBounds()[0]) : Object.class;
	}

}
