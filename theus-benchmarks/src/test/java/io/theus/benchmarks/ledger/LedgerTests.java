package io.theus.benchmarks.ledger;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class LedgerTests {

	private static final LedgerSize SIZE = LedgerSize.of(100);

	@ParameterizedTest
	@EnumSource
	void eachTransactionAddsOne(LedgerType type) {
		try (Ledger ledger = type.open(SIZE)) {
			assertThat(ledger.sum()).isZero();
			ledger.increment(3, 4);
			ledger.increment(3, 3);
			ledger.increment(99, 0);
			assertThat(ledger.sum()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "PLAIN_PROXY", "THEUS_SWAP" })
	void twoThreadsOnOneKeyLoseNoUpdate(LedgerType type) throws Exception {
		try (Ledger ledger = type.open(SIZE)) {
			incrementOnTwoThreads(ledger, 500);
			assertThat(ledger.sum()).isEqualTo(1000);
		}
	}

	@Test
	void accountsThatDoNotAddUpAreRefused() {
		try (Ledger ledger = LedgerType.SYNCHRONIZED_MAP.open(SIZE)) {
			ledger.increment(1, 2);
			assertThatNoException().isThrownBy(() -> LedgerState.verify(ledger, 1));
			assertThatExceptionOfType(LostUpdateException.class).isThrownBy(() -> LedgerState.verify(ledger, 2))
				.withMessage("accounts do not add up to the transactions: transactions=2, sum=1, "
						+ "do not count this measurement")
				.satisfies((ex) -> assertThat(ex.updates()).isEqualTo(2))
				.satisfies((ex) -> assertThat(ex.sum()).isEqualTo(1));
		}
	}

	private static void incrementOnTwoThreads(Ledger ledger, int times)
			throws InterruptedException, ExecutionException {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		CountDownLatch start = new CountDownLatch(2);
		Runnable task = () -> {
			start.countDown();
			while (start.getCount() > 0) {
				Thread.onSpinWait();
			}
			IntStream.range(0, times).forEach((index) -> ledger.increment(0, index % SIZE.accounts()));
		};
		try {
			Future<?> first = threads.submit(task);
			Future<?> second = threads.submit(task);
			first.get();
			second.get();
		}
		finally {
			threads.shutdownNow();
		}
	}

}
