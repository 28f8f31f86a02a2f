package io.theus.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.audit.recipe.AuditRules;
import io.theus.run.CapturedLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AuditSinkTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final AuditTrail trail = new AuditTrail(8);

	private final Auditor auditor = new Auditor(new AuditRules(), this.trail, ValueMask.HIDDEN, Clock.systemUTC());

	private final List<Long> heard = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void close() {
		this.auditor.close(Duration.ZERO);
	}

	private void hear(AuditEntry entry) {
		this.heard.add(entry.sequence());
	}

	private void write(int entries) {
		for (int i = 0; i < entries; i++) {
			Entries.add(this.trail, i);
		}
	}

	private void assertDrained() {
		assertThat(this.auditor.drain(LONG)).isTrue();
	}

	@Test
	void sinkReceivesEntriesInOrderFromTheOldestOn() {
		write(10);
		this.auditor.follow(this::hear);
		assertDrained();
		assertThat(this.heard).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
		write(2);
		assertDrained();
		assertThat(this.heard).endsWith(9L, 10L, 11L);
		assertThat(this.auditor.missed()).isZero();
	}

	// Each entry is written when the thread is about to rest
	@Test
	void entryComesToASinkThatRests() {
		AtomicLong count = new AtomicLong();
		this.auditor.follow((entry) -> count.incrementAndGet());
		long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
		for (long written = 1; written <= 100_000 && System.nanoTime() < end; written++) {
			Entries.add(this.trail, written);
			long limit = System.nanoTime() + Duration.ofSeconds(8).toNanos();
			while (count.get() < written && System.nanoTime() < limit) {
				Thread.onSpinWait();
			}
			assertThat(count).hasValue(written);
		}
	}

	@Test
	void slowSinkHoldsUpNoWriterAndWhatItMissesIsCountedAndLogged() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		try (CapturedLog log = new CapturedLog(AuditSink.class)) {
			this.auditor.follow((entry) -> {
				entered.countDown();
				go.await();
				hear(entry);
			});
			write(1);
			entered.await();
			write(20);
			assertThat(this.trail.total()).isEqualTo(21);
			assertThat(this.auditor.drain(Duration.ofMillis(1))).isFalse();
			go.countDown();
			assertDrained();
			assertThat(this.heard).containsExactly(0L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
			assertThat(this.auditor.missed()).isEqualTo(12);
			assertThat(log.messages()).singleElement()
				.asString()
				.startsWith("Audit sink 'io.theus.audit.AuditSinkTests$$Lambda")
				.endsWith("has missed 12 entries of the trail: make it faster or the trail larger");
		}
	}

	@Test
	void sinkThatFailsIsLoggedOnceUntilItWorksAgainAndOthersGoOn() {
		try (CapturedLog log = new CapturedLog(AuditSink.class)) {
			this.auditor.follow((entry) -> {
				if (entry.sequence() < 3 || entry.sequence() == 5) {
					throw new AssertionError("broken");
				}
			});
			this.auditor.follow(this::hear);
			write(7);
			assertDrained();
			assertThat(this.heard).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
			assertThat(log.messages()).hasSize(4);
			assertThat(log.messages().get(0))
				.endsWith("has failed for entry sequence=0, it is not logged again until it works");
			assertThat(log.messages().get(1)).endsWith("works again after 3 failures");
			assertThat(log.messages().get(2)).contains("has failed for entry sequence=5");
			assertThat(log.messages().get(3)).endsWith("works again after 1 failures");
			assertThat(this.auditor.missed()).isZero();
		}
	}

	@Test
	void entryWhoseWriterIsHeldUpIsWaitedForButNotForEver() {
		this.auditor.follow(this::hear);
		long held = this.trail.claim();
		long dead = this.trail.claim();
		write(1);
		assertThat(this.heard).isEmpty();
		this.trail.place(Entries.entry(held, 1));
		assertDrained();
		assertThat(this.heard).containsExactly(held, 2L);
		assertThat(this.auditor.missed()).isEqualTo(1);
		this.trail.place(Entries.entry(dead, 1));
		write(1);
		assertDrained();
		assertThat(this.heard).containsExactly(held, 2L, 3L);
	}

	@Test
	void closingHandsOverWhatIsLeft() {
		this.auditor.follow(this::hear);
		write(8);
		this.auditor.close(LONG);
		assertThat(this.heard).hasSize(8);
		write(1);
		assertThat(this.auditor.drain(Duration.ZERO)).isFalse();
		assertThat(this.heard).hasSize(8);
	}

	@Test
	void closingDoesNotWaitForASinkThatHangs() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		this.auditor.follow((entry) -> {
			entered.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
				throw ex;
			}
		});
		write(3);
		entered.await();
		try (CapturedLog log = new CapturedLog(AuditSink.class)) {
			this.auditor.close(Duration.ofMillis(10));
			assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
			assertThat(log.messages())
				.anyMatch((message) -> message.contains("of the trail because the engine was closed"));
		}
		assertThat(this.auditor.missed()).isPositive();
	}

	@Test
	void sinkMayCloseTheEngine() {
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.auditor.follow((entry) -> {
			hear(entry);
			thread.set(Thread.currentThread());
			this.auditor.close(LONG);
		});
		write(3);
		await().atMost(LONG).until(() -> thread.get() != null && !thread.get().isAlive());
		assertThat(this.heard).containsExactly(0L);
	}

	@Test
	void writersNeverWaitForSinksAndEachEntryIsHeardOrMissed() {
		AuditTrail large = new AuditTrail(64);
		Auditor busy = new Auditor(new AuditRules(), large, ValueMask.HIDDEN, Clock.systemUTC());
		busy.follow(this::hear);
		int each = 50_000;
		OtherThreads.runAll(2, (number) -> {
			for (int i = 0; i < each; i++) {
				busy.edited(Instant.EPOCH, i, "edit", "stress");
			}
		});
		assertThat(busy.drain(LONG)).isTrue();
		busy.close(LONG);
		assertThat(this.heard.size() + busy.missed()).isEqualTo(2L * each);
		assertThat(this.heard).isSorted().doesNotHaveDuplicates();
	}

}
