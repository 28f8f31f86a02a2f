package io.theus.process;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * A type by which a method returns a value that is there later. The engine knows
 * {@link java.util.concurrent.CompletionStage} and
 * {@link java.util.concurrent.CompletableFuture}; types of other libraries are made known
 * to it.
 * <p>
 * Implementations are safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface AsynchronousType {

	/**
	 * The types of the JDK.
	 */
	AsynchronousType STAGES = new CompletionStages();

	/**
	 * Return whether a method that returns this type is asynchronous, and the engine can
	 * make the type itself. The type argument of the type is that of the value.
	 * @param returned what the method returns
	 * @return whether this is the type
	 */
	boolean matches(Class<?> returned);

	/**
	 * Begin what a method has returned, if it has not begun by itself.
	 * @param returned an instance of the type
	 * @return completes with the value, {@code null} for none; cancelling it cancels what
	 * was begun
	 */
	CompletableFuture<@Nullable Object> open(Object returned);

	/**
	 * Make what the caller of a method gets.
	 * @param execution begins the execution, at once or when the caller begins what it
	 * gets; it is given how the caller wants things done that are opened for it, such as
	 * a context of the library. Cancelling what it returns gives the execution up
	 * @return an instance of the type
	 */
	Object result(Function<UnaryOperator<Object>, CompletableFuture<@Nullable Object>> execution);

}
