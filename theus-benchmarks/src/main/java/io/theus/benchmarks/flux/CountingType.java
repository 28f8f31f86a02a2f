package io.theus.benchmarks.flux;

/**
 * The candidates that count.
 *
 * @since 0.1.0
 */
public enum CountingType {

	/** A workflow of Theus. */
	THEUS_WORKFLOW,

	/** The processes of that workflow, called one after the other. */
	THEUS_PROCESSES,

	/** A graph of LangGraph4j. */
	LANG_GRAPH,

	/** A machine of Spring Statemachine. */
	STATE_MACHINE,

	/** A process of Flowable. */
	FLOWABLE;

	Counting open() {
		return switch (this) {
			case THEUS_WORKFLOW -> TheusCounting.byWorkflow();
			case THEUS_PROCESSES -> TheusCounting.byProcesses();
			case LANG_GRAPH -> new LangGraphCounting();
			case STATE_MACHINE -> new StateMachineCounting();
			case FLOWABLE -> new FlowableCounting();
		};
	}

}
