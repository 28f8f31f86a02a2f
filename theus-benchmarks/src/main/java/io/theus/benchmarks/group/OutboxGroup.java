package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.theus.benchmarks.relay.RelayBenchmark;
import io.theus.benchmarks.relay.RelayingType;

/**
 * What it costs to send messages after their commits rather than at once.
 */
final class OutboxGroup {

	private static final Candidate THEUS = new Candidate("Theus outbox", Candidate.Role.THEUS);

	private static final Candidate TEMPLATE = new Candidate("KafkaTemplate", Candidate.Role.FLOOR);

	private static final int MESSAGES = 100_000;

	private static final int[] KEYS = { 1000, 1 };

	private static final double OF_TEMPLATE = 0.8;

	private OutboxGroup() {
	}

	static Group create() {
		List<Trial> trials = new ArrayList<>();
		List<Target> targets = new ArrayList<>();
		for (int keys : KEYS) {
			trials.add(trial(THEUS, RelayingType.THEUS, keys));
			trials.add(trial(TEMPLATE, RelayingType.TEMPLATE, keys));
			targets.add(new Target(new Cell(THEUS, column(keys)), new Cell(TEMPLATE, column(keys)), Measure.SPEED,
					OF_TEMPLATE));
		}
		return new Group("outbox",
				"100,000 messages of about 100 bytes go to a broker in the same JVM, and all are confirmed. Theus makes a "
						+ "commit for each of them and relays it after that; the template sends at once what nobody has "
						+ "committed. After each measurement the broker's records are read: each message once, those of a "
						+ "key in order. With one key all messages stand in one line.",
				List.of(TEMPLATE), trials, targets, new Effort(5, 3, 4, 100), "1g");
	}

	private static Trial trial(Candidate candidate, RelayingType type, int keys) {
		return new Trial(new Cell(candidate, column(keys)), RelayBenchmark.class).parameter("relayingType", type)
			.parameter("messages", MESSAGES)
			.parameter("keys", keys)
			.operations(MESSAGES);
	}

	private static String column(int keys) {
		return String.format(Locale.ROOT, (keys == 1) ? "%,d key" : "%,d keys", keys);
	}

}
