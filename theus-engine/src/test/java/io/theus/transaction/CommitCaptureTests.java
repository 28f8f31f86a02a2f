package io.theus.transaction;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.engine.TheusEngine;
import io.theus.state.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CommitCaptureTests {

	private final TheusEngine[] engine = new TheusEngine[1];

	@Test
	void commitsOfTheCallOnItsThreadAreNotedInOrder() throws Throwable {
		this.engine[0] = TheusEngine.builder().build();
		CommitCapture<String> capture = CommitCapture.of(() -> {
			swap("domain.a", 1);
			OtherThreads.run(() -> swap("domain.other", 1));
			swap("domain.a", 1);
			swap("domain.a", 2);
			return "result";
		});
		assertThat(capture.result()).isEqualTo("result");
		assertThat(versions(capture)).as("no equal write, no other thread").containsExactly(1L, 3L);
		assertThat(capture.commits().get(1)).isSameAs(this.engine[0].state());
	}

	@Test
	void capturesNest() throws Throwable {
		this.engine[0] = TheusEngine.builder().build();
		CommitCapture<CommitCapture<Boolean>> outer = CommitCapture.of(() -> {
			swap("domain.a", 1);
			CommitCapture<Boolean> inner = CommitCapture.of(() -> {
				swap("domain.a", 2);
				return true;
			});
			swap("domain.a", 3);
			return inner;
		});
		assertThat(versions(outer.result())).containsExactly(2L);
		assertThat(versions(outer)).containsExactly(1L, 3L);
	}

	@Test
	void commitsOfListenersAreNotTheCallers() throws Throwable {
		this.engine[0] = TheusEngine.builder().commitListener((record) -> {
			if (record.version() < 3) {
				swap("domain.heard", record.version());
			}
		}).build();
		CommitCapture<Boolean> capture = CommitCapture.of(() -> {
			swap("domain.a", 1);
			return true;
		});
		assertThat(versions(capture)).containsExactly(1L);
		assertThat(this.engine[0].state().version()).isEqualTo(3);
	}

	@Test
	void failureEndsTheCapture() throws Throwable {
		this.engine[0] = TheusEngine.builder().build();
		assertThatIllegalStateException().isThrownBy(() -> CommitCapture.of(() -> {
			throw new IllegalStateException("broken on purpose");
		}));
		swap("domain.a", 1);
		assertThat(CommitCapture.of(() -> true).commits()).isEmpty();
	}

	private void swap(String path, Object value) {
		this.engine[0].compareAndSwap(this.engine[0].state().version(), Map.of(path, value));
	}

	private static List<Long> versions(CommitCapture<?> capture) {
		return capture.commits().stream().map(Snapshot::version).toList();
	}

}
