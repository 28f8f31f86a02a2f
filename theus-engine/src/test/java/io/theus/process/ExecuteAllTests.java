package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.Merging;
import io.theus.annotation.Input;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictDecision;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.parallel.ParallelSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Calls that are made at once, in the order of their contracts.
 */
@Timeout(120)
class ExecuteAllTests {

	private static final ParallelSettings FOUR = ParallelSettings.DEFAULT.withPoolSize(4).withQueueCapacity(4);

	private final List<String> events = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch open = new CountDownLatch(1);

	private final CyclicBarrier both = new CyclicBarrier(2);

	private final AtomicInteger conflicts = new AtomicInteger();

	private TheusEngine engine = TheusEngine.builder().build();

	// Calls that are in the right order do not conflict
	private final TheusEngineBuilder builder = TheusEngine.builder().parallel(FOUR).conflictPolicy((failure) -> {
		this.conflicts.incrementAndGet();
		return new ConflictDecision.Wait(Duration.ofMillis(1));
	})
		.process("shop.update",
				(spec) -> spec.argument("key", String.class)
					.argument("name", String.class)
					.updates("domain.items.{key}")
					.body((context, arguments) -> {
						String path = "domain.items." + arguments.get("key");
						context.set(path, context.getOrDefault(path, "") + (String) arguments.get("name"));
						this.events.add((String) arguments.get("name"));
						return arguments.get("name");
					}))
		.process("shop.hold",
				(spec) -> spec.argument("key", String.class)
					.updates("domain.items.{key}")
					.body((context, arguments) -> {
						this.events.add("hold");
						assertThat(this.open.await(60, TimeUnit.SECONDS)).isTrue();
						context.set("domain.items." + arguments.get("key"), "held");
						return "held";
					}))
		.process("shop.meet",
				(spec) -> spec.argument("key", String.class)
					.updates("domain.items.{key}")
					.body((context, arguments) -> this.both.await(60, TimeUnit.SECONDS)))
		.process("shop.fail",
				(spec) -> spec.argument("key", String.class)
					.updates("domain.items.{key}")
					.body((context, arguments) -> {
						this.events.add("fail");
						throw new IllegalStateException("no stock");
					}));

	@AfterEach
	void close() {
		this.open.countDown();
		this.engine.close();
	}

	private void start() {
		this.engine = this.builder.build();
	}

	private static ProcessCall update(String key, String name) {
		return ProcessCall.of("update", key, name);
	}

	private void until(BooleanSupplier condition) {
		Awaitility.await().until(condition::getAsBoolean);
	}

	private static List<Object> joined(List<CompletableFuture<Object>> futures) {
		return futures.stream().map(CompletableFuture::join).toList();
	}

	@Test
	void callsThatTouchDifferentPlacesRunSideBySide() {
		start();
		joined(this.engine
			.executeAll(List.of(ProcessCall.of("meet", "a"), ProcessCall.named("meet", Map.of("key", "b")))));
		assertThat(this.engine.parallel().size()).isEqualTo(4);
	}

	@Test
	void callsThatTouchOnePlaceRunInTheirOrder() {
		start();
		List<ProcessCall> calls = IntStream.range(0, 200).mapToObj((i) -> update("a", i + " ")).toList();
		List<Object> values = joined(this.engine.executeAll(calls));
		List<String> expected = IntStream.range(0, 200).mapToObj((i) -> i + " ").toList();
		assertThat(values).isEqualTo(expected);
		assertThat(this.events).isEqualTo(expected);
		assertThat(this.engine.state().get("domain.items.a")).isEqualTo(String.join("", expected));
		assertThat(this.conflicts).hasValue(0);
	}

	@Test
	void callThatWaitsHoldsUpNobodyElse() {
		start();
		List<CompletableFuture<Object>> all = this.engine.executeAll(List.of(ProcessCall.of("hold", "a"),
				update("a", "second"), update("b", "other"), update("a", "third"), update("b", "another")));
		until(() -> this.events.size() == 3);
		assertThat(all.get(2).join()).isEqualTo("other");
		assertThat(all.get(4).join()).isEqualTo("another");
		assertThat(this.events).containsSubsequence("other", "another").doesNotContain("second", "third");
		this.open.countDown();
		assertThat(joined(all)).containsExactly("held", "second", "other", "third", "another");
		assertThat(this.engine.state().get("domain.items.a")).isEqualTo("heldsecondthird");
	}

	@Test
	void chainsAreKeptThroughCallsInBetween() {
		this.builder.process("shop.copy",
				(spec) -> spec.argument("from", String.class)
					.argument("to", String.class)
					.inputs("domain.items.{from}")
					.outputs("domain.items.{to}")
					.body((context, arguments) -> {
						context.set("domain.items." + arguments.get("to"),
								context.get("domain.items." + arguments.get("from")) + "+");
						this.events.add("copy");
						return "copied";
					}));
		start();
		List<CompletableFuture<Object>> all = this.engine
			.executeAll(List.of(ProcessCall.of("hold", "a"), ProcessCall.of("copy", "a", "b"),
					ProcessCall.of("copy", "b", "c"), update("c", "last"), update("d", "free")));
		assertThat(all.get(4).join()).isEqualTo("free");
		assertThat(this.events).containsExactlyInAnyOrder("hold", "free");
		this.open.countDown();
		joined(all);
		assertThat(this.engine.state().get("domain.items.c")).isEqualTo("held++last");
		assertThat(this.conflicts).hasValue(0);
	}

	@Test
	void callBeginsAlsoWhenTheOneBeforeHasFailed() {
		start();
		List<CompletableFuture<Object>> all = this.engine
			.executeAll(List.of(ProcessCall.of("fail", "a"), update("a", "next")));
		assertThat(all.get(1).join()).isEqualTo("next");
		assertThat(all.get(0)).failsWithin(Duration.ofSeconds(60))
			.withThrowableOfType(ExecutionException.class)
			.havingCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessage("no stock");
		assertThat(this.events).containsExactly("fail", "next");
	}

	@Test
	void callThatIsCancelledBeforeItBeginsLetsOthersPass() {
		start();
		List<CompletableFuture<Object>> all = this.engine.executeAll(List.of(ProcessCall.of("hold", "a"),
				update("a", "cancelled"), update("a", "next"), ProcessCall.of("hold", "b")));
		until(() -> this.events.size() == 2);
		assertThat(all.get(1).cancel(true)).isTrue();
		assertThat(all.get(1)).isCancelled();
		assertThat(this.events).doesNotContain("next");
		assertThat(all.get(3).cancel(true)).isTrue();
		this.open.countDown();
		assertThat(all.get(2).join()).isEqualTo("next");
		assertThat(this.events).doesNotContain("cancelled");
		assertThat(this.engine.state().get("domain.items.a")).isEqualTo("heldnext");
		assertThat(this.engine.state().contains("domain.items.b")).isFalse();
	}

	@Test
	void largeListNeitherIsRefusedNorFillsTheQueue() {
		start();
		List<CompletableFuture<Object>> held = this.engine
			.executeAll(IntStream.range(0, 1000).mapToObj((i) -> ProcessCall.of("hold", "k" + i)).toList());
		until(() -> this.events.size() == 4);
		assertThat(this.engine.parallel().queued()).isZero();
		CompletableFuture<String> other = this.engine.executeParallel("update", "other", "other");
		assertThat(this.engine.parallel().queued()).isEqualTo(1);
		List<CompletableFuture<Object>> more = this.engine
			.executeAll(IntStream.range(0, 100).mapToObj((i) -> update("m" + i, "more")).toList());
		this.open.countDown();
		assertThat(joined(held)).hasSize(1000).containsOnly("held");
		assertThat(joined(more)).hasSize(100).containsOnly("more");
		assertThat(other.join()).isEqualTo("other");
	}

	@Test
	void callsForWhichThereIsNoRoomAreMadeWhenOthersOfTheListHaveEnded() {
		this.builder.parallel(FOUR.withPoolSize(2).withQueueCapacity(1));
		start();
		CompletableFuture<String> first = this.engine.executeParallel("hold", "x");
		CompletableFuture<String> second = this.engine.executeParallel("hold", "y");
		until(() -> this.events.size() == 2);
		// One place in the queue, for which two ask at a time
		List<CompletableFuture<Object>> all = this.engine
			.executeAll(IntStream.range(0, 20).mapToObj((i) -> update("k" + i, "made")).toList());
		assertThat(this.engine.parallel().queued()).isEqualTo(1);
		this.open.countDown();
		assertThat(joined(all)).hasSize(20).containsOnly("made");
		assertThat(List.of(first.join(), second.join())).containsOnly("held");
	}

	@Test
	void whatIsMergedHasNoOrder() {
		this.builder.merge("domain.sold.*", Merging.SUM)
			.process("shop.sell",
					(spec) -> spec.argument("key", String.class)
						.updates("domain.sold.{key}")
						.body((context, arguments) -> {
							context.add("domain.sold." + arguments.get("key"), 1);
							return this.both.await(60, TimeUnit.SECONDS);
						}));
		start();
		joined(this.engine.executeAll(List.of(ProcessCall.of("sell", "a"), ProcessCall.of("sell", "a"))));
		assertThat(this.engine.state().get("domain.sold.a")).isEqualTo(2);
	}

	@Test
	void placesThatAnEarlierCallMayNameAnewAreForeseenAsAny() {
		this.builder.processes(new Pointer());
		start();
		this.engine.edit("test", (tx) -> {
			tx.set("domain.current", "x");
			tx.set("domain.items", Map.of("x", "", "y", ""));
		});
		List<CompletableFuture<Object>> all = this.engine.executeAll(
				List.of(ProcessCall.of("hold", "y"), ProcessCall.of("point", "y"), ProcessCall.of("atCurrent")));
		assertThat(all.get(1).join()).isEqualTo("y");
		assertThat(all.get(2)).isNotDone();
		this.open.countDown();
		assertThat(all.get(2).join()).isEqualTo("y");
	}

	@Test
	void callThatCannotBeMadeKeepsAllOthersFromBeingMade() {
		start();
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.executeAll(List.of(update("a", "one"), ProcessCall.of("updat", "a", "two"))))
			.withMessageStartingWith("call 2 of 2 is wrong and none was made: process 'updat' not found")
			.withCauseInstanceOf(ProcessNotFoundException.class)
			.satisfies((ex) -> {
				assertThat(ex.number()).isEqualTo(2);
				assertThat(ex.process()).isEqualTo("updat");
			});
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.executeAll(List.of(ProcessCall.of("update", "a"), update("a", "two"))))
			.withMessageStartingWith(
					"call 1 of 2 is wrong and none was made: argument 'name' of process 'shop.update'");
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine
				.executeAll(List.of(update("a", "one"), ProcessCall.named("update", Map.of("kee", "a")))))
			.withMessageContaining("kee");
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.executeAll(List.of(update("a", "one"), update("", "two"))))
			.withMessageContaining("empty");
		assertThat(this.events).isEmpty();
		assertThat(this.engine.parallel().completed()).isZero();
	}

	@Test
	void noCallsAreNoWork() {
		start();
		assertThat(this.engine.executeAll(List.of())).isEmpty();
	}

	@Test
	void callsWithinATransactionAreRefused() {
		start();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.engine.transact((tx) -> this.engine.executeAll(List.of(update("a", "one")))))
			.withMessage("a list of 1 calls cannot be executed in parallel within transaction: it would not be part of "
					+ "that transaction, call it, or execute it after the commit");
	}

	@Test
	void callsInAForkAreMadeThere() {
		start();
		try (TheusEngine fork = this.engine.fork(this.engine.state().version())) {
			joined(fork.executeAll(List.of(update("a", "1"), update("a", "2"))));
			assertThat(fork.state().get("domain.items.a")).isEqualTo("12");
		}
		assertThat(this.engine.state().contains("domain.items")).isFalse();
	}

	// The oracle makes one call after the other: calls that overlap in their order lead
	// to
	// the same state, and if each runs alone among those, nothing ever conflicts
	@RepeatedTest(20)
	void anyScheduleEndsLikeOneCallAfterTheOther() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		this.builder.process("shop.mix",
				(spec) -> spec.argument("reads", List.class)
					.argument("writes", List.class)
					.argument("number", Integer.class)
					.inputs("domain.items.{reads}", "domain.items.{writes}")
					.outputs("domain.items.{writes}")
					.body((context, arguments) -> {
						Map<String, Long> seen = new HashMap<>();
						for (Object key : (List<?>) arguments.get("reads")) {
							seen.put((String) key, context.getOrDefault("domain.items." + key, 0L));
						}
						if (((Integer) arguments.get("number")) % 7 == 3) {
							throw new IllegalStateException("every seventh fails");
						}
						for (Object key : (List<?>) arguments.get("writes")) {
							long before = context.getOrDefault("domain.items." + key, 0L);
							context.set("domain.items." + key, mixed(before, seen, (Integer) arguments.get("number")));
						}
						return arguments.get("number");
					}));
		start();
		List<ProcessCall> calls = new ArrayList<>();
		Map<String, Long> expected = new TreeMap<>();
		for (int i = 0; i < 150; i++) {
			List<String> reads = keys(random, 2);
			List<String> writes = keys(random, 2);
			calls.add(ProcessCall.of("mix", reads, writes, i));
			if (i % 7 != 3) {
				Map<String, Long> seen = new HashMap<>();
				reads.forEach((key) -> seen.put(key, expected.getOrDefault(key, 0L)));
				int number = i;
				writes.forEach((key) -> expected.put(key, mixed(expected.getOrDefault(key, 0L), seen, number)));
			}
		}
		List<CompletableFuture<Object>> all = this.engine.executeAll(calls);
		for (int i = 0; i < all.size(); i++) {
			CompletableFuture<Object> each = all.get(i).exceptionally((failure) -> -1);
			assertThat(each.join()).as("seed %d", seed).isEqualTo((i % 7 != 3) ? i : -1);
		}
		Map<?, ?> items = this.engine.state().get("domain.items", Map.class);
		assertThat(new HashMap<Object, Object>(items)).as("seed %d", seed).isEqualTo(expected);
		assertThat(this.conflicts).as("seed %d", seed).hasValue(0);
	}

	private static List<String> keys(Random random, int limit) {
		return random.ints(random.nextInt(limit) + 1, 0, 12).distinct().mapToObj((i) -> "k" + i).toList();
	}

	private static long mixed(long before, Map<String, Long> seen, int number) {
		long sum = seen.values().stream().mapToLong(Long::longValue).sum();
		return before * 31 + sum * 7 + number;
	}

	static class Pointer {

		@Process(outputs = "domain.current")
		@Output("domain.current")
		String point(String key) {
			return key;
		}

		@Process(updates = "domain.items.{current}")
		String atCurrent(@Input("domain.current") String current) {
			return current;
		}

	}

}
