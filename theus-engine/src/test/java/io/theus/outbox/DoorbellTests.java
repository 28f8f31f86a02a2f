package io.theus.outbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class DoorbellTests {

	private static final long LONG = TimeUnit.DAYS.toNanos(1);

	private final Doorbell doorbell = new Doorbell();

	@Test
	void ringBeforeSleepKeepsFromFallingAsleepOnce() {
		this.doorbell.ring();
		this.doorbell.ring();
		this.doorbell.sleep(LONG);
		long start = System.nanoTime();
		this.doorbell.sleep(TimeUnit.MILLISECONDS.toNanos(50));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(40));
	}

	@Test
	void ringWakesTheSleeper() throws Exception {
		Thread sleeper = new Thread(() -> this.doorbell.sleep(LONG));
		sleeper.start();
		Awaitility.await().until(() -> sleeper.getState() == Thread.State.TIMED_WAITING);
		this.doorbell.ring();
		sleeper.join(30_000);
		assertThat(sleeper.isAlive()).isFalse();
	}

	@Test
	void newsAnnouncedByARingAreAlwaysSeen() throws Exception {
		AtomicLong news = new AtomicLong();
		AtomicLong seen = new AtomicLong();
		long rounds = 100_000;
		Thread sleeper = new Thread(() -> {
			while (seen.get() < rounds) {
				seen.set(news.get());
				this.doorbell.sleep(LONG);
			}
		});
		sleeper.setDaemon(true);
		sleeper.start();
		for (long i = 1; i <= rounds; i++) {
			news.set(i);
			this.doorbell.ring();
			if (i % 2 == 0) {
				awaitValue(seen, i);
			}
		}
		this.doorbell.ring();
		sleeper.join(30_000);
		assertThat(seen).hasValue(rounds);
	}

	private static void awaitValue(AtomicLong seen, long expected) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		while (seen.get() < expected) {
			assertThat(System.nanoTime()).as("news %s not seen", expected).isLessThan(deadline);
			Thread.onSpinWait();
		}
	}

}
