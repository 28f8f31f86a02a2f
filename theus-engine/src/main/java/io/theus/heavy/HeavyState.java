package io.theus.heavy;

/**
 * What has become of a segment of memory so far.
 *
 * @since 0.1.0
 */
public enum HeavyState {

	/** A buffer of a ring that waits to be filled. */
	FREE,

	/** Given out and not in the state yet. */
	PRIVATE,

	/** The state refers to it. */
	PUBLISHED,

	/** The state did refer to it; somebody may still show it. */
	RETIRED,

	/** Owned by somebody else on this machine, and mapped here for reading. */
	BORROWED

}
