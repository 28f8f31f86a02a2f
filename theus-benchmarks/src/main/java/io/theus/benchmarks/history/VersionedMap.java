package io.theus.benchmarks.history;

/**
 * A map of numbers under text keys, of which the last versions are kept. Keys are named
 * by their index. For one thread.
 */
interface VersionedMap extends AutoCloseable {

	/** How many keys each version changes. */
	int CHANGES = 10;

	/**
	 * Make a version.
	 * @param keys the keys whose value grows by one
	 */
	void commit(int... keys);

	/**
	 * Compare a version with the one after it.
	 * @param age how many versions have been made since the later of the two, which are
	 * kept both
	 * @return how many keys have other values
	 */
	int diff(int age);

	/**
	 * Begin a copy of a version that can be changed without changing it.
	 * @param age how many versions have been made since
	 * @param key a key to read in it
	 * @return its value there
	 */
	long fork(int age, int key);

	/**
	 * Release what is held.
	 */
	@Override
	default void close() {
	}

}
