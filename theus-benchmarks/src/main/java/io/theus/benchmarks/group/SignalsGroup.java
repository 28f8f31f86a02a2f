package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.theus.benchmarks.signals.BroadcastBenchmark;
import io.theus.benchmarks.signals.BroadcastType;

/**
 * How fast signals reach their subscribers.
 */
final class SignalsGroup {

	private static final int ONE = 1;

	private static final int MANY = 8;

	private static final Candidate THEUS = new Candidate("Theus subscription", Candidate.Role.THEUS);

	private static final Candidate REACTOR = new Candidate("Reactor Sinks", Candidate.Role.PEER);

	private static final Candidate SUBMISSION = new Candidate("SubmissionPublisher", Candidate.Role.PEER);

	private static final Candidate SPRING = new Candidate("Spring events", Candidate.Role.PEER);

	private static final Candidate GUAVA = new Candidate("Guava EventBus", Candidate.Role.PEER);

	private static final Candidate CALLS = new Candidate("Reactor Sinks, same thread", Candidate.Role.FLOOR);

	private static final List<Candidate> PEERS = List.of(REACTOR, SUBMISSION, SPRING, GUAVA);

	private static final Map<Candidate, BroadcastType> TYPES = Map.of(THEUS, BroadcastType.THEUS, REACTOR,
			BroadcastType.REACTOR, SUBMISSION, BroadcastType.SUBMISSION_PUBLISHER, SPRING, BroadcastType.SPRING_EVENTS,
			GUAVA, BroadcastType.GUAVA, CALLS, BroadcastType.REACTOR_DIRECT);

	private static final double PER_SECOND = 10_000_000;

	private SignalsGroup() {
	}

	static Group create() {
		return new Group("signals",
				"One thread publishes 100,000 numbers in a row, and each subscriber checks that it gets all of them in "
						+ "order; the time is that of a number, until the last subscriber has the last one. Theus, Reactor "
						+ "and SubmissionPublisher hand numbers over to a thread of each subscriber, with room for all of a "
						+ "row. Spring events and EventBus call their subscribers on the publisher's thread, as they do "
						+ "unless told otherwise: a slow one holds up everybody. The floor does the same with Reactor, and "
						+ "shows what the calls cost alone.",
				List.of(REACTOR, SUBMISSION, SPRING, GUAVA, CALLS), trials(), targets(), new Effort(5, 4, 4, 500),
				"1g");
	}

	private static List<Trial> trials() {
		List<Trial> trials = new ArrayList<>();
		for (int subscribers : new int[] { ONE, MANY }) {
			for (Candidate candidate : List.of(THEUS, REACTOR, SUBMISSION, SPRING, GUAVA, CALLS)) {
				trials.add(new Trial(new Cell(candidate, column(subscribers)), BroadcastBenchmark.class)
					.parameter("broadcastType", Objects.requireNonNull(TYPES.get(candidate)))
					.parameter("subscribers", subscribers));
			}
		}
		return trials;
	}

	private static List<Target> targets() {
		List<Target> targets = new ArrayList<>();
		targets.add(new Target(new Cell(THEUS, column(ONE)), Measure.RATE, PER_SECOND));
		for (int subscribers : new int[] { ONE, MANY }) {
			for (Candidate peer : PEERS) {
				targets.add(new Target(new Cell(THEUS, column(subscribers)), new Cell(peer, column(subscribers)),
						Measure.SPEED, 1));
			}
		}
		return targets;
	}

	private static String column(int subscribers) {
		return (subscribers == 1) ? "1 subscriber" : subscribers + " subscribers";
	}

}
