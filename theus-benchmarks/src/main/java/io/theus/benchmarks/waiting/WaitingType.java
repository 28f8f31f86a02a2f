package io.theus.benchmarks.waiting;

/**
 * The candidates that wait.
 *
 * @since 0.1.0
 */
public enum WaitingType {

	/** A workflow of Theus with a step that waits. */
	THEUS,

	/** A process of Flowable with a receive task. */
	FLOWABLE;

	WaitingRuns open() {
		return switch (this) {
			case THEUS -> new TheusRuns();
			case FLOWABLE -> new FlowableRuns();
		};
	}

}
