package io.theus.benchmarks.ledger;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

import io.theus.engine.TheusEngine;

/**
 * Theus with a process of a bean, called through the proxy that Spring Boot configures.
 */
final class TheusProcessLedger implements Ledger {

	private final String[] keys;

	private final ConfigurableApplicationContext context;

	private final TheusEngine engine;

	private final TheusAccounts accounts;

	TheusProcessLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run();
		this.engine = this.context.getBean(TheusEngine.class);
		this.accounts = this.context.getBean(TheusAccounts.class);
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

}
