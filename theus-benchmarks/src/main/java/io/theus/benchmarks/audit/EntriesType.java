package io.theus.benchmarks.audit;

/**
 * The candidates that take entries.
 *
 * @since 0.1.0
 */
public enum EntriesType {

	/** The trail of Theus. */
	THEUS_TRAIL,

	/** The trail of Theus, and a sink that gets what is in it. */
	THEUS_SINK,

	/** Logback's asynchronous appender that drops what does not fit in its queue. */
	LOGBACK_NEVER_BLOCK,

	/** Logback's asynchronous appender that waits for room in its queue. */
	LOGBACK_BLOCK;

	Entries open() {
		return switch (this) {
			case THEUS_TRAIL -> TrailEntries.alone();
			case THEUS_SINK -> TrailEntries.withSink();
			case LOGBACK_NEVER_BLOCK -> LogbackEntries.neverBlocking();
			case LOGBACK_BLOCK -> LogbackEntries.blocking();
		};
	}

}
