package io.theus.jcstress;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import io.theus.TransactionContext;
import io.theus.conflict.ConflictSettings;
import io.theus.engine.TheusEngine;
import io.theus.transaction.TransactionOptions;

/**
 * Makes engines that are small enough to have thousands of them.
 */
final class Engines {

	private static final ConflictSettings CONFLICTS = new ConflictSettings(50, Duration.ZERO, Duration.ZERO);

	private static final TransactionOptions UNTIL_COMMITTED = TransactionOptions.named("stress").withAttempts(50);

	private Engines() {
	}

	static TheusEngine of(Map<String, ?> domain) {
		return TheusEngine.builder()
			.historyVersions(4)
			.metaCapacity(4)
			.signalCapacity(4)
			.conflicts(CONFLICTS)
			.initialState(() -> Map.of("domain", domain))
			.build();
	}

	// Runs again after each conflict
	static void commit(TheusEngine engine, Consumer<TransactionContext> body) {
		engine.transact(UNTIL_COMMITTED, (transaction) -> {
			body.accept(transaction);
			return true;
		});
	}

}
