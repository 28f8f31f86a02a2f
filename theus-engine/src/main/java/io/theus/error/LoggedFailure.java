package io.theus.error;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A failure as it is written to a log: where it comes from and of what kind it is, and
 * the messages of this library's exceptions. What exceptions of the application say may
 * be about its data, and is left to whoever catches them; at level TRACE it is written,
 * too.
 * <p>
 * Immutable after its creation and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class LoggedFailure extends Throwable {

	private static final int DEEPEST = 20;

	private LoggedFailure(Throwable failure, @Nullable Throwable cause) {
		super(name(failure), cause, false, true);
		setStackTrace(failure.getStackTrace());
	}

	/**
	 * Return what is logged of a failure.
	 * @param failure the failure
	 * @param logger what it is logged with
	 * @return what to hand to the logger
	 */
	public static Throwable of(Throwable failure, Logger logger) {
		return logger.isTraceEnabled() ? failure : of(failure, DEEPEST);
	}

	/**
	 * Return what is logged of a failure in a line.
	 * @param failure the failure
	 * @param logger what it is logged with
	 * @return its kind, with its message if that can be shown
	 */
	public static String describe(Throwable failure, Logger logger) {
		return logger.isTraceEnabled() ? failure.toString() : name(failure);
	}

	private static LoggedFailure of(Throwable failure, int depth) {
		Throwable cause = failure.getCause();
		return new LoggedFailure(failure, (cause != null && depth > 0) ? of(cause, depth - 1) : null);
	}

	private static String name(Throwable failure) {
		String type = failure.getClass().getName();
		boolean shown = failure instanceof TheusException known && !known.isWordedByApplication();
		return (shown && failure.getMessage() != null) ? type + ": " + failure.getMessage() : type;
	}

}
