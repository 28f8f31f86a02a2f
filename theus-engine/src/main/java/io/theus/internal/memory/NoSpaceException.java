package io.theus.internal.memory;

import java.nio.file.FileSystemException;

/**
 * The system has no room for more shared memory.
 *
 * @since 0.1.0
 */
public final class NoSpaceException extends FileSystemException {

	/**
	 * Create the exception.
	 * @param name what the memory was to be called
	 * @param reason what the system has answered
	 */
	public NoSpaceException(String name, String reason) {
		super(name, null, reason);
	}

}
