package io.theus.benchmarks.ledger;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;

/**
 * A bean over an unguarded map, called through a class-based Spring proxy whose only
 * advice does nothing. What a call costs beyond this is not the proxy's. For one thread.
 */
final class PlainProxyLedger implements Ledger {

	private final String[] keys;

	private final PlainAccounts accounts;

	PlainProxyLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		ProxyFactory factory = new ProxyFactory(new PlainAccounts(Keys.create(size.accounts())));
		factory.setProxyTargetClass(true);
		factory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
		this.accounts = (PlainAccounts) factory.getProxy();
	}

	@Override
	public void increment(int target, int other) {
		this.accounts.increment(this.keys[target], this.keys[other]);
	}

	@Override
	public long sum() {
		return this.accounts.sum();
	}

}
