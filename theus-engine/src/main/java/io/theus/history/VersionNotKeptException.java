package io.theus.history;

import io.theus.error.TheusException;

/**
 * A version of the state is not available: it is too old, or it was not made yet.
 *
 * @since 0.1.0
 */
public final class VersionNotKeptException extends TheusException {

	private final long version;

	private final long oldest;

	private final long newest;

	VersionNotKeptException(long version, long oldest, long newest) {
		super("version is not kept: version=%d oldest=%d newest=%d, use one between or raise theus.history.versions"
			.formatted(version, oldest, newest));
		this.version = version;
		this.oldest = oldest;
		this.newest = newest;
	}

	/**
	 * Return what was asked for.
	 * @return the version
	 */
	public long version() {
		return this.version;
	}

	/**
	 * Return the oldest version that was kept.
	 * @return its number
	 */
	public long oldest() {
		return this.oldest;
	}

	/**
	 * Return the newest version.
	 * @return its number
	 */
	public long newest() {
		return this.newest;
	}

}
