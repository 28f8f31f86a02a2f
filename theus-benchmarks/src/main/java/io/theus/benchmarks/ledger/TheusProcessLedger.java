package io.theus.benchmarks.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import io.theus.audit.recipe.AuditRecipe;
import io.theus.engine.TheusEngine;

/**
 * Theus with a process of a bean, called through the proxy that Spring Boot configures.
 */
final class TheusProcessLedger implements Ledger {

	private static final int RULES = 2;

	private final String[] keys;

	private final ConfigurableApplicationContext context;

	private final TheusEngine engine;

	private final TheusAccounts accounts;

	private TheusProcessLedger(LedgerSize size, Class<?> application, boolean observed) {
		this.keys = Keys.create(size.accounts());
		this.context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run("--theus.observations.enabled=" + observed);
		this.engine = this.context.getBean(TheusEngine.class);
		this.accounts = this.context.getBean(TheusAccounts.class);
		TheusTransactionLedger.open(this.engine, size);
	}

	static TheusProcessLedger plain(LedgerSize size) {
		return new TheusProcessLedger(size, Application.class, false);
	}

	/**
	 * Open a ledger whose process has rules and is observed.
	 * @param size how large it is
	 * @return the ledger
	 */
	static TheusProcessLedger watched(LedgerSize size) {
		TheusProcessLedger ledger = new TheusProcessLedger(size, WatchedApplication.class, true);
		ledger.verifyWatched(size);
		return ledger;
	}

	private void verifyWatched(LedgerSize size) {
		increment(0, 1);
		long observed = this.context.getBean(MeterRegistry.class).get("theus.process").timer().count();
		int rules = this.engine.audit().rules().size();
		if (observed != 1 || rules != RULES) {
			throw new IllegalStateException(
					"process is not watched: observed=%d, rules=%d, do not count this measurement".formatted(observed,
							rules));
		}
		TheusTransactionLedger.open(this.engine, size);
	}

	@Override
	public void increment(int target, int other) {
		this.accounts.increment(this.keys[target], this.keys[other]);
	}

	@Override
	public long sum() {
		return TheusTransactionLedger.sum(this.engine);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * An application with one process.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(TheusAccounts.class)
	static class Application {

	}

	/**
	 * The same with an audit recipe.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(TheusAccounts.class)
	static class WatchedApplication {

		@Bean
		AuditRecipe recipe() {
			return AuditRecipe.builder()
				.process("increment",
						(process) -> process.input("target", (target) -> target.minLen(1))
							.output("domain.accounts.*", (account) -> account.min(0)))
				.build();
		}

	}

}
