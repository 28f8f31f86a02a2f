package io.theus.benchmarks.flux;

import java.util.Map;
import java.util.function.LongUnaryOperator;

import org.flowable.engine.delegate.JavaDelegate;

/**
 * Flowable with a service task for each branch and an exclusive gateway that decides
 * whether to go on and where. A run never waits, so all of it is one transaction.
 */
final class FlowableCounting implements Counting {

	private static final String COUNTER = "counter";

	private static final String LIMIT = "limit";

	private final FlowableEngine engine = new FlowableEngine("io/theus/benchmarks/flux/count.bpmn20.xml",
			Map.of("countEven", delegate(Increment::even), "countOdd", delegate(Increment::odd), "finish",
					(execution) -> this.reached = (Long) execution.getVariable(COUNTER)));

	// Written at the end of a run, on the thread that has started it
	private long reached;

	private static JavaDelegate delegate(LongUnaryOperator increment) {
		return (execution) -> execution.setVariable(COUNTER,
				increment.applyAsLong((Long) execution.getVariable(COUNTER)));
	}

	@Override
	public long run(long from, long limit) {
		this.engine.runtime().startProcessInstanceByKey("count", Map.of(COUNTER, from, LIMIT, limit));
		return this.reached;
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
