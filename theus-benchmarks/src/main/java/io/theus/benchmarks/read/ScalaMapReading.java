package io.theus.benchmarks.read;

import scala.concurrent.stm.InTxn;
import scala.concurrent.stm.MaybeTxn;
import scala.concurrent.stm.MaybeTxn$;
import scala.concurrent.stm.TMap;
import scala.concurrent.stm.TxnExecutor;
import scala.concurrent.stm.japi.STM;

import io.theus.benchmarks.ledger.Keys;

/**
 * A transactional map of ScalaSTM within two others; an attempt is one transaction.
 */
final class ScalaMapReading implements Reading {

	private static final TxnExecutor ATOMIC = TxnExecutor.defaultAtomic();

	private static final MaybeTxn NO_TRANSACTION = MaybeTxn$.MODULE$.unknown();

	private final String[] keys;

	private final Draws draws;

	private final TMap<String, TMap<String, TMap<String, Long>>> root = STM
		.<String, TMap<String, TMap<String, Long>>>newTMap()
		.tmap();

	ScalaMapReading(int keys, Draws draws) {
		this.keys = Keys.create(keys);
		this.draws = draws;
		TMap<String, TMap<String, Long>> domain = STM.<String, TMap<String, Long>>newTMap().tmap();
		TMap<String, Long> accounts = STM.<String, Long>newTMap().tmap();
		put(this.root, "domain", domain);
		put(domain, "accounts", accounts);
		NestedMapReading.content(keys).forEach((key, value) -> put(accounts, key, value));
	}

	private static <V> void put(TMap<String, V> map, String key, V value) {
		ATOMIC.apply((transaction) -> map.put(key, value, transaction), NO_TRANSACTION);
	}

	@Override
	public long read(int from) {
		return ATOMIC.apply((transaction) -> read(from, transaction), NO_TRANSACTION);
	}

	private long read(int from, InTxn transaction) {
		long sum = 0;
		for (int draw = from; draw < from + Draws.READS; draw++) {
			sum += this.root.apply("domain", transaction)
				.apply("accounts", transaction)
				.apply(this.keys[this.draws.index(draw)], transaction);
		}
		return sum;
	}

}
