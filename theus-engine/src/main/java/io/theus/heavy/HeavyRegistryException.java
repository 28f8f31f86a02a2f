package io.theus.heavy;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * The file that records who owns which memory cannot be used. Nothing was allocated.
 *
 * @since 0.1.0
 */
public final class HeavyRegistryException extends TheusException {

	private final Path file;

	/**
	 * Create the exception.
	 * @param file the file
	 * @param reason what is wrong with it
	 * @param cause what the system has answered, {@code null} if it was not asked
	 */
	public HeavyRegistryException(Path file, String reason, @Nullable Throwable cause) {
		super("registry of heavy memory '%s' cannot be used: reason=%s, make its directory writable for this user only, or set 'theus.heavy.registry-directory'"
			.formatted(file, reason), cause);
		this.file = file;
	}

	/**
	 * Return which file it is.
	 * @return the file
	 */
	public Path file() {
		return this.file;
	}

}
