package io.theus.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * Something that is going on and that somebody watches, such as an execution. It is bound
 * to whatever thread works on it, so that what begins meanwhile is seen as a part of it.
 *
 * @since 0.1.0
 */
public interface Activity extends ThreadBound {

	/**
	 * Something that nobody watches.
	 */
	Activity NONE = new Activity() {

		@Override
		public Binding bind() {
			return Binding.NONE;
		}

		@Override
		public void end(String outcome, @Nullable Throwable failure) {
			// Nobody wants to know
		}

	};

	/**
	 * It is over. Only the first call counts. It is bound to no thread any more.
	 * @param outcome how it ended: one of a few words that are known beforehand, such as
	 * the name of an enum constant
	 * @param failure what it failed with, {@code null} if it did not
	 */
	void end(String outcome, @Nullable Throwable failure);

}
