package io.theus.benchmarks.flux;

import java.util.Map;
import java.util.Objects;
import java.util.function.LongUnaryOperator;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.action.Action;
import org.springframework.statemachine.config.StateMachineBuilder;
import org.springframework.statemachine.guard.Guard;
import reactor.core.publisher.Mono;

/**
 * Spring Statemachine with the counter in its extended state and one event per iteration,
 * which guards lead to one of two internal transitions until the limit is reached.
 */
// Transitions without event would need no events from outside, but each of them is begun
// within the one before, and the stack overflows after some hundred iterations. Internal
// transitions take half the time of those through a choice state. One machine is used
// again and again, because making one takes longer than a run.
final class StateMachineCounting implements Counting {

	private static final String COUNTER = "counter";

	private static final String LIMIT = "limit";

	private static final Message<Event> NEXT = MessageBuilder.withPayload(Event.NEXT).build();

	private final StateMachine<Status, Event> machine;

	StateMachineCounting() {
		try {
			this.machine = machine();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		this.machine.startReactively().block();
	}

	private static StateMachine<Status, Event> machine() throws Exception {
		StateMachineBuilder.Builder<Status, Event> builder = StateMachineBuilder.builder();
		builder.configureStates().withStates().initial(Status.IDLE).state(Status.COUNTING);
		builder.configureTransitions()
			.withExternal()
			.source(Status.IDLE)
			.target(Status.COUNTING)
			.event(Event.NEXT)
			.and()
			.withInternal()
			.source(Status.COUNTING)
			.event(Event.NEXT)
			.guard(guard((counter, limit) -> counter < limit && counter % 2 == 0))
			.action(action(Increment::even))
			.and()
			.withInternal()
			.source(Status.COUNTING)
			.event(Event.NEXT)
			.guard(guard((counter, limit) -> counter < limit && counter % 2 != 0))
			.action(action(Increment::odd))
			.and()
			.withExternal()
			.source(Status.COUNTING)
			.target(Status.IDLE)
			.event(Event.NEXT)
			.guard(guard((counter, limit) -> counter >= limit));
		return builder.build();
	}

	private static Guard<Status, Event> guard(Condition condition) {
		return (context) -> condition.test(number(variables(context), COUNTER), number(variables(context), LIMIT));
	}

	private static Action<Status, Event> action(LongUnaryOperator increment) {
		return (context) -> {
			Map<Object, Object> variables = variables(context);
			variables.put(COUNTER, increment.applyAsLong(number(variables, COUNTER)));
		};
	}

	private static Map<Object, Object> variables(StateContext<Status, Event> context) {
		return context.getExtendedState().getVariables();
	}

	private static long number(Map<Object, Object> variables, String name) {
		return (Long) Objects.requireNonNull(variables.get(name));
	}

	@Override
	public long run(long from, long limit) {
		Map<Object, Object> variables = this.machine.getExtendedState().getVariables();
		variables.put(COUNTER, from);
		variables.put(LIMIT, limit);
		do {
			this.machine.sendEvent(Mono.just(NEXT)).blockLast();
		}
		while (this.machine.getState().getId() != Status.IDLE);
		return number(variables, COUNTER);
	}

	@Override
	public void close() {
		this.machine.stopReactively().block();
	}

	/**
	 * A decision by counter and limit.
	 */
	private interface Condition {

		boolean test(long counter, long limit);

	}

	/**
	 * The states of the machine.
	 */
	private enum Status {

		IDLE, COUNTING

	}

	/**
	 * The only event there is.
	 */
	private enum Event {

		NEXT

	}

}
