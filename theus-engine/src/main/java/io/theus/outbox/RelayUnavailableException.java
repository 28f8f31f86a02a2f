package io.theus.outbox;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * What a relay fails with when its destination cannot be reached now, whatever the
 * message. The message is sent again until it arrives: such a failure counts neither
 * towards the attempts after which a message is dead, nor as a fault of the message.
 *
 * @since 0.1.0
 */
public final class RelayUnavailableException extends TheusException {

	/**
	 * Create the exception.
	 * @param message what is not available
	 * @param cause why, or {@code null}
	 */
	public RelayUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
