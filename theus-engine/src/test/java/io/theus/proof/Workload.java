package io.theus.proof;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.theus.Isolation;

/**
 * Random transactions of one thread over a few hot paths: accounts, the components of one
 * record, a map whose keys come and go, a map whose keys never come again, maps in maps,
 * a log, and a sum to which amounts are added without reading it.
 */
final class Workload {

	/** Where amounts are merged. */
	static final String SUM = "domain.sum";

	private static final int ACCOUNTS = 4;

	private final Recorder recorder;

	private final Random random;

	private final AtomicLong values;

	private final List<Isolation> isolations;

	Workload(Recorder recorder, Random random, AtomicLong values, List<Isolation> isolations) {
		this.recorder = recorder;
		this.random = random;
		this.values = values;
		this.isolations = isolations;
	}

	static Map<String, Object> initial() {
		Map<String, Object> accounts = new TreeMap<>();
		for (int i = 0; i < ACCOUNTS; i++) {
			accounts.put("a" + i, -1L - i);
		}
		return Map.of("domain", Map.of("accounts", accounts, "pair", new Pair(-11, -12)));
	}

	/**
	 * Run one transaction.
	 */
	void next() {
		Isolation isolation = this.isolations.get(this.random.nextInt(this.isolations.size()));
		switch (this.random.nextInt(10)) {
			case 0 -> this.recorder.look(List.of("domain.accounts", "domain.pair", "domain.log_events", SUM));
			case 1 -> swap();
			case 2, 3, 4 -> this.recorder.execute(isolation, this::steps);
			default -> this.recorder.transact(isolation, this::steps);
		}
	}

	private void swap() {
		Map<String, Long> update = new TreeMap<>();
		for (int i = 0; i <= this.random.nextInt(2); i++) {
			update.put(account(), value());
		}
		this.recorder.swap(update);
	}

	private void steps(RecordedContext context) {
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			if (this.random.nextInt(12) == 0) {
				context.inVain((part) -> {
					step(part);
					step(part);
				});
			}
			step(context);
			pause();
		}
	}

	// Others shall come in between, also where there are fewer cores than threads
	private void pause() {
		if (this.random.nextInt(3) == 0) {
			LockSupport.parkNanos(1);
		}
	}

	private void step(RecordedContext context) {
		switch (this.random.nextInt(10)) {
			case 0, 1 -> replace(context, account());
			case 2 -> skew(context);
			case 3 -> component(context);
			case 4 -> seat(context);
			case 5 -> order(context);
			case 6 -> nested(context);
			case 7 -> log(context);
			case 8 -> sum(context);
			default -> context.find(this.random.nextBoolean() ? account() : "domain.accounts");
		}
	}

	private void replace(RecordedContext context, String path) {
		// Now and then without looking
		if (this.random.nextInt(4) > 0) {
			context.find(path);
		}
		context.set(path, value());
	}

	// Reads two and writes one of them, as those do who break a rule between both
	private void skew(RecordedContext context) {
		String one = account();
		context.find(account());
		context.find(one);
		context.set(one, value());
	}

	private void component(RecordedContext context) {
		if (this.random.nextInt(3) == 0) {
			context.find("domain.pair");
		}
		replace(context, this.random.nextBoolean() ? "domain.pair.left" : "domain.pair.right");
	}

	private void seat(RecordedContext context) {
		String seat = "domain.seats.s" + this.random.nextInt(3);
		switch (this.random.nextInt(6)) {
			case 0 -> context.keys("domain.seats");
			case 1 -> context.size("domain.seats");
			case 2 -> context.contains(seat);
			case 3 -> context.remove(seat);
			default -> replace(context, seat);
		}
	}

	// Decides by what the map holds: a phantom would mislead it
	private void order(RecordedContext context) {
		List<String> keys = context.keys("domain.orders");
		if (keys.size() < 3 || (keys.size() < 8 && this.random.nextBoolean())) {
			context.set("domain.orders.o" + value(), value());
		}
		else {
			String path = "domain.orders." + keys.get(this.random.nextInt(keys.size()));
			context.find(path);
			context.remove(path);
		}
	}

	private void nested(RecordedContext context) {
		String map = "domain.nest.n" + this.random.nextInt(2);
		String leaf = map + "." + "xyz".charAt(this.random.nextInt(3));
		switch (this.random.nextInt(7)) {
			case 0 -> context.remove(map);
			case 1 -> context.find(map);
			case 2 -> context.keys("domain.nest");
			case 3 -> context.remove(leaf);
			default -> replace(context, leaf);
		}
	}

	private void log(RecordedContext context) {
		switch (this.random.nextInt(8)) {
			case 0 -> context.find("domain.log_events");
			case 1 -> context.size("domain.log_events");
			default -> context.append("domain.log_events", value());
		}
	}

	private void sum(RecordedContext context) {
		switch (this.random.nextInt(10)) {
			case 0 -> context.find(SUM);
			case 1 -> context.set(SUM, value());
			default -> context.add(SUM, 1 + this.random.nextInt(100));
		}
	}

	private String account() {
		return "domain.accounts.a" + this.random.nextInt(ACCOUNTS);
	}

	private long value() {
		return this.values.incrementAndGet();
	}

	/**
	 * Two numbers in one record.
	 *
	 * @param left the one
	 * @param right the other
	 */
	record Pair(long left, long right) {

	}

}
