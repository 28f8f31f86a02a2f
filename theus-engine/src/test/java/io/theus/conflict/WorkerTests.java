package io.theus.conflict;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Worker}.
 */
class WorkerTests {

	@Test
	void threadIsItsOwnWorkerAsLongAsItLives() throws InterruptedException {
		Worker mine = Worker.current();
		AtomicReference<Worker> other = new AtomicReference<>();
		Thread thread = new Thread(() -> other.set(Worker.current()));
		thread.start();
		thread.join();
		assertThat(Worker.current()).isSameAs(mine).isNotSameAs(other.get());
		assertThat(mine.isAlive()).isTrue();
		assertThat(other.get().isAlive()).isFalse();
	}

	@Test
	void executionWorksOnWhateverThreadItRuns() {
		Worker thread = Worker.current();
		Worker execution = new Worker();
		assertThat(execution.<Worker, RuntimeException>run(Worker::current)).isSameAs(execution);
		assertThat(OtherThreads.call(() -> execution.run(Worker::current))).isSameAs(execution);
		assertThat(Worker.current()).isSameAs(thread);
		assertThat(execution.isAlive()).isTrue();
	}

	@Test
	void threadIsItselfAgainAfterAFailure() {
		Worker thread = Worker.current();
		assertThatIllegalStateException().isThrownBy(() -> new Worker().run(() -> {
			throw new IllegalStateException("broken on purpose");
		}));
		assertThat(Worker.current()).isSameAs(thread);
	}

}
