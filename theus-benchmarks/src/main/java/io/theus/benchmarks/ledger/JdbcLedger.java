package io.theus.benchmarks.ledger;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * A table in H2's memory, changed by a {@code @Transactional} method of a Spring bean.
 */
final class JdbcLedger implements Ledger {

	private final String[] keys;

	private final AnnotationConfigApplicationContext context;

	private final JdbcAccounts accounts;

	JdbcLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		this.context = new AnnotationConfigApplicationContext(JdbcConfiguration.class);
		this.accounts = this.context.getBean(JdbcAccounts.class);
		this.accounts.create(Keys.create(size.accounts()));
	}

	@Override
	public void increment(int target, int other) {
		this.accounts.increment(this.keys[target], this.keys[other]);
	}

	@Override
	public long sum() {
		return this.accounts.sum();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
