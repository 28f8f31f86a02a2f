package io.theus.run;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.outbox.OutboxMessage;
import io.theus.signal.Signal;
import io.theus.state.StateChange;
import io.theus.store.RunOrder;

/**
 * What a run of a workflow would have done. {@link #toString()} is a text for people.
 *
 * @param workflow the name of the workflow
 * @param ending how it would have ended
 * @param steps the visited steps, in order
 * @param stops where and why it does not go on; empty unless it was stopped
 * @param result the result of the run, see {@link Run#result()}
 * @param results the results by step id, see {@link Run#results()}
 * @param error what the run would have failed with, {@code null} if it would not
 * @param changes what would be different in the state: the smallest parts, ordered by
 * path
 * @param signals what would have been published, in order
 * @param messages what would have been sent, in order
 * @param orders which runs would have been started and signalled, in order; they are not
 * part of the simulation
 * @param time how much virtual time has passed
 * @since 0.1.0
 */
public record Simulation(String workflow, Ending ending, List<SimulatedStep> steps, List<SimulationStop> stops,
		@Nullable Object result, Map<String, @Nullable Object> results, @Nullable Throwable error,
		List<StateChange> changes, List<Signal> signals, List<OutboxMessage> messages, List<RunOrder> orders,
		Duration time) {

	/**
	 * Create a simulation that is over; lists and maps are copied.
	 */
	public Simulation {
		steps = List.copyOf(steps);
		stops = List.copyOf(stops);
		results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
		changes = List.copyOf(changes);
		signals = List.copyOf(signals);
		messages = List.copyOf(messages);
		orders = List.copyOf(orders);
	}

	/**
	 * Return the visited steps as the history of a run would have them.
	 * @return the visits in order
	 */
	public List<StepVisit> visits() {
		return this.steps.stream().map(SimulatedStep::visit).toList();
	}

	/**
	 * Render the simulation for people.
	 * @return a line for each step, value and effect, with a line break at the end of
	 * each
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("simulation of workflow ").append(this.workflow)
			.append(": ")
			.append(this.ending)
			.append(" after ")
			.append(this.time)
			.append('\n');
		for (SimulatedStep step : this.steps) {
			line(text, "  ", step);
			step.values().forEach((value) -> line(text, "      ", value));
			if (step.call() != null) {
				line(text, "      ", step.call());
			}
		}
		if (!this.stops.isEmpty()) {
			text.append("stopped:\n");
		}
		for (SimulationStop stop : this.stops) {
			line(text, "  ", stop);
			stop.values().forEach((value) -> line(text, "      ", value));
		}
		append(text, "error", (this.error != null) ? List.of(this.error) : List.of());
		append(text, "changes", this.changes);
		append(text, "signals",
				this.signals.stream().map((signal) -> signal.topic() + " " + signal.payload()).toList());
		append(text, "messages", this.messages.stream().map(Simulation::describe).toList());
		append(text, "orders", this.orders.stream().map(Simulation::describe).toList());
		return text.toString();
	}

	// Its id differs from simulation to simulation
	private static String describe(OutboxMessage message) {
		return message.topic() + ((message.key() != null) ? " key=" + message.key() : "") + " bytes="
				+ message.bodyLength();
	}

	private static String describe(RunOrder order) {
		if (order instanceof RunOrder.Start start) {
			return "start " + start.workflow() + " key=" + start.key() + " inputs=" + start.inputs();
		}
		RunOrder.Send send = (RunOrder.Send) order;
		return "signal " + send.workflow() + " key=" + send.key() + " " + send.signal() + " " + send.payload();
	}

	private static void append(StringBuilder text, String title, List<?> lines) {
		if (!lines.isEmpty()) {
			text.append(title).append(":\n");
			lines.forEach((each) -> line(text, "  ", each));
		}
	}

	private static void line(StringBuilder text, String indent, Object content) {
		text.append(indent).append(content).append('\n');
	}

	/**
	 * How a simulation has ended.
	 */
	public enum Ending {

		/**
		 * The run would have come to its end.
		 */
		COMPLETED,

		/**
		 * The run would have failed; it was undone as far as it says how.
		 */
		FAILED,

		/**
		 * The simulation could not go on.
		 */
		STOPPED

	}

}
