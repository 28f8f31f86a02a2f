package io.theus.benchmarks.read;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.theus.MapPath;
import io.theus.ProcessContext;
import io.theus.StatePath;
import io.theus.benchmarks.ledger.Keys;
import io.theus.engine.TheusEngine;

/**
 * Theus through the context of a process that may read the map; an attempt is one
 * execution.
 */
final class TheusReading implements Reading {

	private static final MapPath<String, Long> ACCOUNTS = MapPath.of("domain.accounts", String.class, Long.class);

	private static final String PROCESS = "accounts.read";

	private final TheusEngine engine;

	private TheusReading(int keys, Draws draws, Read read) {
		this.engine = TheusEngine.builder()
			.process(PROCESS,
					(process) -> process.argument("from", Integer.class)
						.inputs("domain.accounts")
						.body((context, arguments) -> sum(draws,
								(Integer) Objects.requireNonNull(arguments.get("from")), context, read)))
			.build();
		this.engine.edit("open accounts", (transaction) -> transaction.set(ACCOUNTS, NestedMapReading.content(keys)));
	}

	private static long sum(Draws draws, int from, ProcessContext context, Read read) {
		long sum = 0;
		for (int draw = from; draw < from + Draws.READS; draw++) {
			sum += read.value(context, draws.index(draw));
		}
		return sum;
	}

	static Reading byText(int keys, Draws draws) {
		String[] names = Keys.create(keys);
		String[] paths = IntStream.range(0, keys)
			.mapToObj((index) -> ACCOUNTS.path() + "." + names[index])
			.toArray(String[]::new);
		return new TheusReading(keys, draws,
				(context, index) -> (Long) Objects.requireNonNull(context.get(paths[index])));
	}

	static Reading byStatePath(int keys, Draws draws) {
		String[] names = Keys.create(keys);
		List<StatePath<Long>> paths = IntStream.range(0, keys).mapToObj((index) -> ACCOUNTS.at(names[index])).toList();
		return new TheusReading(keys, draws, (context, index) -> context.get(paths.get(index)));
	}

	static Reading byMapPath(int keys, Draws draws) {
		String[] names = Keys.create(keys);
		return new TheusReading(keys, draws, (context, index) -> context.get(ACCOUNTS, names[index]));
	}

	@Override
	public long read(int from) {
		return this.engine.<Long>execute(PROCESS, from);
	}

	@Override
	public void close() {
		this.engine.close();
	}

	/**
	 * One read.
	 */
	private interface Read {

		long value(ProcessContext context, int index);

	}

}
