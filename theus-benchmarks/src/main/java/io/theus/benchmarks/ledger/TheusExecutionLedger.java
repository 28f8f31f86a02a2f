package io.theus.benchmarks.ledger;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;

/**
 * Theus with a process under a contract, executed by its name among a number of processes
 * that are registered with the engine.
 */
final class TheusExecutionLedger implements Ledger {

	private static final String PROCESS = "ledger.increment";

	private final String[] keys;

	private final String process;

	private final TheusEngine engine;

	TheusExecutionLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		TheusEngineBuilder builder = TheusEngine.builder();
		for (int index = 0; index < size.processes(); index++) {
			builder.process(PROCESS + index,
					(process) -> process.argument("target", String.class)
						.argument("other", String.class)
						.updates("domain.accounts.{target}")
						.inputs("domain.accounts.{other}")
						.body(TheusExecutionLedger::increment));
		}
		this.process = PROCESS + size.processes() / 2;
		this.engine = builder.build();
		TheusTransactionLedger.open(this.engine, size);
	}

	private static @Nullable Object increment(ProcessContext context, Map<String, @Nullable Object> arguments) {
		TheusAccounts.increment(context, key(arguments, "target"), key(arguments, "other"));
		return null;
	}

	private static String key(Map<String, @Nullable Object> arguments, String name) {
		return (String) Objects.requireNonNull(arguments.get(name));
	}

	@Override
	public void increment(int target, int other) {
		this.engine.execute(this.process, this.keys[target], this.keys[other]);
	}

	@Override
	public long sum() {
		return TheusTransactionLedger.sum(this.engine);
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
