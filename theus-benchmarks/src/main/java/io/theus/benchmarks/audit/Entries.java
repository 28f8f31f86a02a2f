package io.theus.benchmarks.audit;

/**
 * Takes entries. Safe for use by several threads.
 */
interface Entries extends AutoCloseable {

	/**
	 * How many threads write.
	 */
	int WRITERS = 2;

	/**
	 * How many entries they write between two checks.
	 */
	int ENTRIES = 1_000_000;

	/**
	 * Write an entry.
	 * @param writer the number of the thread
	 * @param number the number of the entry, counted by its thread
	 */
	void write(int writer, int number);

	/**
	 * Check that nothing is missing, and forget what was written.
	 * @param count how many entries were written since the last check
	 * @throws IllegalStateException if the entries are not those that were written
	 */
	void verify(int count);

	/**
	 * Release what is held.
	 */
	@Override
	default void close() {
	}

}
