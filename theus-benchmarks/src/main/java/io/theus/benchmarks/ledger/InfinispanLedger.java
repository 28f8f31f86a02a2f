package io.theus.benchmarks.ledger;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import jakarta.transaction.TransactionManager;
import org.infinispan.AdvancedCache;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.context.Flag;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.transaction.LockingMode;
import org.infinispan.transaction.TransactionMode;
import org.infinispan.transaction.lookup.EmbeddedTransactionManagerLookup;

/**
 * A local transactional cache of Infinispan with the transaction manager that it brings.
 * Locking is pessimistic, which Infinispan recommends where transactions meet on a key,
 * and the account to be written is read with the flag that locks it.
 */
final class InfinispanLedger implements Ledger {

	private static final String CACHE = "accounts";

	private final String[] keys;

	private final EmbeddedCacheManager manager;

	private final TransactionManager transactions;

	private final AdvancedCache<String, Long> accounts;

	private final AdvancedCache<String, Long> locked;

	InfinispanLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		this.manager = new DefaultCacheManager(new GlobalConfigurationBuilder().nonClusteredDefault().build());
		this.manager.defineConfiguration(CACHE, configuration());
		AdvancedCache<String, Long> cache = this.manager.<String, Long>getCache(CACHE).getAdvancedCache();
		this.transactions = Objects.requireNonNull(cache.getTransactionManager());
		this.accounts = cache.withFlags(Flag.IGNORE_RETURN_VALUES);
		this.locked = cache.withFlags(Flag.FORCE_WRITE_LOCK);
		for (String key : Keys.create(size.accounts())) {
			this.accounts.put(key, 0L);
		}
	}

	private static Configuration configuration() {
		ConfigurationBuilder builder = new ConfigurationBuilder();
		builder.transaction()
			.transactionMode(TransactionMode.TRANSACTIONAL)
			.lockingMode(LockingMode.PESSIMISTIC)
			.transactionManagerLookup(new EmbeddedTransactionManagerLookup());
		// Waiting for a key that another thread holds is part of the work, not an error.
		builder.locking().lockAcquisitionTimeout(30, TimeUnit.SECONDS);
		return builder.build();
	}

	@Override
	public void increment(int target, int other) {
		try {
			this.transactions.begin();
			increment(this.keys[target], this.keys[other]);
		}
		catch (Exception ex) {
			throw new IllegalStateException("transaction of Infinispan failed", ex);
		}
	}

	private void increment(String target, String other) throws Exception {
		try {
			long balance = Objects.requireNonNull(this.locked.get(target));
			if (Objects.requireNonNull(this.accounts.get(other)) >= 0) {
				this.accounts.put(target, balance + 1);
			}
		}
		catch (RuntimeException ex) {
			this.transactions.rollback();
			throw ex;
		}
		this.transactions.commit();
	}

	@Override
	public long sum() {
		return this.accounts.values().stream().mapToLong(Long::longValue).sum();
	}

	@Override
	public void close() {
		this.manager.stop();
	}

}
