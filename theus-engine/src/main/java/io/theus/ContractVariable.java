package io.theus;

import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Gives a value that contracts are narrowed to without an argument: the tenant of a
 * request, for example. A path may then have the placeholder
 * <code>&#123;@tenant&#125;</code>.
 * <p>
 * The value is asked for once per execution, on the thread that calls, before the body
 * that needs it runs. All attempts and all processes that join see the same; what is
 * executed asynchronously, and each step of a workflow, sees the value of the thread that
 * submitted or started it.
 * <p>
 * Called by several threads at once.
 *
 * @since 0.1.0
 */
public interface ContractVariable {

	/**
	 * Return the name, the same whenever it is asked for.
	 * @return letters, digits, {@code _} and {@code -}, without the {@code @} of the
	 * placeholder
	 */
	String name();

	/**
	 * Return the value for the calling thread.
	 * @return non-empty text, an integer, an enum or a UUID, which becomes one segment
	 * and is never parsed; {@code null} if there is none, with which no process runs that
	 * needs it
	 */
	@Nullable Object value();

	/**
	 * Create a variable.
	 * @param name its name
	 * @param value gives the value for the calling thread
	 * @return the variable
	 */
	static ContractVariable of(String name, Supplier<? extends @Nullable Object> value) {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(value, "value");
		return new ContractVariable() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public @Nullable Object value() {
				return value.get();
			}

			@Override
			public String toString() {
				return "contract variable '" + name + "'";
			}

		};
	}

}
