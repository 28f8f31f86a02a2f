package io.theus.benchmarks.group;

/**
 * How long is measured.
 *
 * @param rounds how often each trial is run, each time in a new JVM
 * @param warmups iterations of each JVM that do not count
 * @param measurements iterations of each JVM that count; their mean is the round's result
 * @param millis the duration of each iteration in milliseconds
 * @since 0.1.0
 */
public record Effort(int rounds, int warmups, int measurements, int millis) {

	/**
	 * Return the effort of a smoke run, which only shows that the candidates work.
	 * @return the effort
	 */
	public static Effort quick() {
		return new Effort(1, 1, 1, 200);
	}

	/**
	 * Return whether this is the effort of a smoke run.
	 * @return {@code true} if the numbers mean nothing
	 */
	public boolean isQuick() {
		return equals(quick());
	}

}
