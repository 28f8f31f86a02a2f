package io.theus.proof;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.Isolation;
import io.theus.Merging;
import io.theus.OtherThreads;
import io.theus.conflict.ConflictSettings;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs random transactions on several threads and checks what was recorded of them, with
 * the versions and without. {@code -Dtheus.proof.seeds=20} runs more of them.
 */
class SerialisabilityTests {

	private static final int THREADS = 4;

	private static final int TRANSACTIONS = 1000;

	@ParameterizedTest
	@MethodSource("seeds")
	void hybridTransactionsAreStrictlySerialisable(long seed) {
		check(seed, List.of(Isolation.HYBRID));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void safeTransactionsAreStrictlySerialisableAndIsolatedFromEverything(long seed) {
		check(seed, List.of(Isolation.SAFE));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void transactionsOfBothKindsTogetherAreStrictlySerialisable(long seed) {
		check(seed, List.of(Isolation.HYBRID, Isolation.SAFE));
	}

	private static LongStream seeds() {
		return new Random().longs(Integer.getInteger("theus.proof.seeds", 2));
	}

	private static void check(long seed, List<Isolation> isolations) {
		Recorder recorder = new Recorder(TheusEngine.builder()
			.conflicts(new ConflictSettings(30, Duration.ZERO, Duration.ZERO))
			.merge(Workload.SUM, Merging.SUM), Workload.initial());
		AtomicLong values = new AtomicLong();
		OtherThreads.runAll(THREADS, (thread) -> {
			Workload workload = new Workload(recorder, new Random(seed + thread), values, isolations);
			for (int i = 0; i < TRANSACTIONS; i++) {
				workload.next();
			}
		});
		Recording recording = recorder.recording();
		assertThat(recorder.engine().conflicts(0).refused()).as("conflicts, without which nothing is tested")
			.isGreaterThan(TRANSACTIONS / 10);
		assertThat(recording.works()).hasSizeGreaterThan(THREADS * TRANSACTIONS / 2);
		List<String> violations = Stream
			.of(SerialReplay.findViolation(recording), Dependencies.findViolation(recording))
			.filter(Objects::nonNull)
			.toList();
		assertThat(violations).as("seed=%d", seed).isEmpty();
	}

}
