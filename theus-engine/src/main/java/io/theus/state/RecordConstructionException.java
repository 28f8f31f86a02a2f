package io.theus.state;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;

/**
 * The canonical constructor of a record refused the components that a write gives it.
 *
 * @since 0.1.0
 */
public final class RecordConstructionException extends InvalidWriteException {

	/**
	 * Create the exception.
	 * @param path the path that was written
	 * @param type the record class
	 * @param cause what the constructor threw
	 */
	public RecordConstructionException(Path path, Class<?> type, @Nullable Throwable cause) {
		super(path, "the constructor of record '%s' refused it: %s".formatted(type.getSimpleName(),
				(cause != null) ? cause.getClass().getName() : "unknown"));
		if (cause != null) {
			initCause(cause);
		}
	}

}
