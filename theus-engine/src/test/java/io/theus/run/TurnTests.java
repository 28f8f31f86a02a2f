package io.theus.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of parallel branches whose calls would be in each other's way.
 */
@Timeout(60)
class TurnTests {

	private final WorkflowFixture fixture = new WorkflowFixture();

	private final AtomicInteger attempts = new AtomicInteger();

	private final AtomicInteger inside = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void slowly(Runnable what) {
		this.attempts.incrementAndGet();
		this.most.accumulateAndGet(this.inside.incrementAndGet(), Math::max);
		what.run();
		this.inside.decrementAndGet();
	}

	@Test
	void branchesThatWriteOnePlaceDoNotCollide() {
		this.fixture.process("slow.count", (spec) -> spec.updates("domain.n").body((state, args) -> {
			slowly(() -> state.set("domain.n", state.getOrDefault("domain.n", 0L) + 1));
			return null;
		}));
		this.fixture.run("""
				name: a
				steps:
				  - flux: for-each
				    in: [1, 2, 3, 4, 5, 6, 7, 8]
				    parallel: 8
				    do: [slow.count, slow.count]
				""");
		assertThat(this.fixture.state("domain.n")).isEqualTo(16L);
		assertThat(this.most).hasValue(1);
		assertThat(this.attempts).hasValue(16);
	}

	@Test
	void branchesOnDifferentKeysRunSideBySide() {
		CyclicBarrier together = new CyclicBarrier(2);
		this.fixture.process("keyed",
				(spec) -> spec.argument("key", String.class).updates("domain.byKey.{key}").body((state, args) -> {
					together.await(10, TimeUnit.SECONDS);
					state.set("domain.byKey." + args.get("key"), 1);
					return null;
				}));
		Run run = this.fixture.run("""
				name: a
				steps:
				  - { flux: for-each, in: [a, b], parallel: 2, do: [{ process: keyed, with: { key: "#{item}" } }] }
				""");
		assertThat(run.state()).isEqualTo(RunState.COMPLETED);
	}

	@Test
	void branchThatIsStoppedLeavesTheLine() throws InterruptedException {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		this.fixture.process("slow.hold", (spec) -> spec.updates("domain.n").body((state, args) -> {
			entered.countDown();
			released.await(10, TimeUnit.SECONDS);
			slowly(() -> state.set("domain.n", 1));
			return null;
		}));
		this.fixture.add("name: a\nsteps: [[slow.hold, slow.hold, slow.hold]]");
		Run run = this.fixture.workflows().start("a");
		entered.await();
		run.cancel();
		released.countDown();
		assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
		assertThat(this.attempts).hasValue(1);
	}

}
