package io.theus.benchmarks.waiting;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.flowable.engine.RuntimeService;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.runtime.Execution;
import org.flowable.engine.runtime.ProcessInstance;

import io.theus.benchmarks.flux.FlowableEngine;

/**
 * Flowable with a receive task, which waits without the subscription that a message event
 * needs. Each run is started and continued in a transaction on the thread that asks for
 * it, therefore by as many threads as there are cores.
 */
final class FlowableRuns implements WaitingRuns {

	private static final String NUMBER = "number";

	private static final String PAYLOAD = "payload";

	private final FlowableEngine engine = new FlowableEngine("io/theus/benchmarks/waiting/wait.bpmn20.xml",
			Map.of("arrive", this::arrive));

	private final Set<Integer> arrived = ConcurrentHashMap.newKeySet();

	// What a signal needs; written in parallel, each element by one thread
	private String[] waiting = new String[0];

	private void arrive(DelegateExecution execution) {
		Integer number = (Integer) execution.getVariable(NUMBER);
		if (!number.equals(execution.getVariable(PAYLOAD)) || !this.arrived.add(number)) {
			throw new IllegalStateException("run got a signal that is not its own, or two: number=%d, payload=%s, "
				.formatted(number, execution.getVariable(PAYLOAD)) + "do not count this measurement");
		}
	}

	@Override
	public void start(int count) {
		this.waiting = new String[count];
		IntStream.range(0, count).parallel().forEach((number) -> this.waiting[number] = start(Map.of(NUMBER, number)));
	}

	private String start(Map<String, Object> variables) {
		RuntimeService runtime = this.engine.runtime();
		ProcessInstance instance = runtime.startProcessInstanceByKey("wait", variables);
		Execution execution = runtime.createExecutionQuery()
			.processInstanceId(instance.getId())
			.activityId("go")
			.singleResult();
		return Objects.requireNonNull(execution).getId();
	}

	@Override
	public void resume() {
		RuntimeService runtime = this.engine.runtime();
		IntStream.range(0, this.waiting.length)
			.parallel()
			.forEach((number) -> runtime.trigger(this.waiting[number], Map.of(PAYLOAD, number)));
	}

	@Override
	public int takeArrived() {
		int left = (int) this.engine.runtime().createProcessInstanceQuery().count();
		int count = this.arrived.size();
		this.arrived.clear();
		return count - left;
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
