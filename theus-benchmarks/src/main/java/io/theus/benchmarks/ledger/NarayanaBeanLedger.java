package io.theus.benchmarks.ledger;

import org.jboss.stm.LockException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Narayana's STM, changed by a {@code @Transactional} method of a Spring bean.
 */
final class NarayanaBeanLedger implements Ledger {

	private final String[] keys;

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final NarayanaAccounts accounts;

	NarayanaBeanLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		this.context.registerBean(NarayanaAccounts.class, () -> new NarayanaAccounts(Keys.create(size.accounts())));
		this.context.register(NarayanaConfiguration.class);
		this.context.refresh();
		this.accounts = this.context.getBean(NarayanaAccounts.class);
	}

	@Override
	public void increment(int target, int other) {
		boolean committed = false;
		while (!committed) {
			committed = attempt(this.keys[target], this.keys[other]);
		}
	}

	private boolean attempt(String target, String other) {
		try {
			this.accounts.increment(target, other);
			return true;
		}
		catch (LockException ex) {
			return false;
		}
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
