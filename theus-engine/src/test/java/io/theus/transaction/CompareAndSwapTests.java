package io.theus.transaction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;
import io.theus.path.InvalidPathException;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CompareAndSwapTests {

	private final TheusEngine engine = TheusEngine.builder()
		.historyVersions(4)
		.initialState(() -> Map.of("domain", Map.of("a", 1, "b", Map.of("x", 1, "y", 1))))
		.build();

	@Test
	void swapMakesOneVersion() {
		assertThat(this.engine.compareAndSwap(1, Map.of("domain.a", 2, "domain.b.x", 2, "domain.new['k.l']", 3)))
			.isEqualTo(2);
		assertThat(this.engine.state().get("domain"))
			.isEqualTo(Map.of("a", 2, "b", Map.of("x", 2, "y", 1), "new", Map.of("k.l", 3)));
		assertThat(this.engine.metaLog().entries()).last()
			.satisfies((commit) -> assertThat(commit.origin()).hasToString("compare-and-swap"));
	}

	@Test
	void changeOfOtherKeysDoesNotMatter() {
		this.engine.compareAndSwap(1, Map.of("domain.a", 2));
		assertThat(this.engine.compareAndSwap(1, Map.of("domain.b.x", 2))).isEqualTo(3);
		assertThat(this.engine.compareAndSwap(1, Map.of("domain.b.y", 2))).isEqualTo(4);
	}

	@Test
	void changeOfOneKeyRefusesTheWhole() {
		this.engine.compareAndSwap(1, Map.of("domain.a", 2));
		State before = this.engine.state();
		Map<String, Object> update = new LinkedHashMap<>();
		update.put("domain.b.x", 9);
		update.put("domain.a", 9);
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.engine.compareAndSwap(1, update))
			.withMessage(
					"conflict on 'domain.a' in compare-and-swap: changed by compare-and-swap in commit version=2 after "
							+ "snapshot version=1, attempts=1 waited=0ms, run it again on a fresh snapshot");
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void keySetBackToAnEqualValueIsNoConflict() {
		this.engine.compareAndSwap(1, Map.of("domain.b", Map.of("x", 7)));
		this.engine.compareAndSwap(2, Map.of("domain.b", Map.of("x", 1, "y", 1)));
		assertThat(this.engine.compareAndSwap(1, Map.of("domain.b.x", 5))).isEqualTo(4);
	}

	@Test
	void creationIsCompared() {
		assertThat(this.engine.compareAndSwap(0, Map.of("domain.fresh", 1))).isEqualTo(2);
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(1, Map.of("domain.fresh", 2)));
		assertThatExceptionOfType(ConflictException.class).as("version 0 is as protected as any other")
			.isThrownBy(() -> this.engine.compareAndSwap(0, Map.of("domain.a", 2)));
	}

	@Test
	void equalValuesMakeNoVersion() {
		State before = this.engine.state();
		assertThat(this.engine.compareAndSwap(1, Map.of("domain.a", 1))).isEqualTo(1);
		assertThat(this.engine.compareAndSwap(1, Map.of())).isEqualTo(1);
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void versionAheadOfTheEngineIsAnError() {
		for (long version : List.of(2L, 100L, Long.MAX_VALUE, -1L, Long.MIN_VALUE)) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.engine.compareAndSwap(version, Map.of("domain.a", 2)))
				.withMessage(
						"version is not one that the engine has made: version=%d head=1, use the version of a state "
								+ "that was read",
						version);
			assertThatIllegalArgumentException().as("also where nothing is compared")
				.isThrownBy(() -> this.engine.compareAndSwap(version, Map.of()));
		}
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void versionOlderThanTheHistoryIsAnsweredFromTheLastChangeOfEachKey() {
		for (int i = 2; i <= 6; i++) {
			this.engine.compareAndSwap(i - 1, Map.of("domain.counter", i));
		}
		this.engine.edit("set back", (tx) -> tx.set("domain.counter", 4));
		assertThat(this.engine.compareAndSwap(2, Map.of("domain.a", 2, "domain.b.x", 2))).isEqualTo(8);
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(2, Map.of("domain.counter", 9)))
			.withMessageStartingWith("conflict on 'domain.counter' in compare-and-swap: its last change is version=7, "
					+ "changed by edit 'set back' in commit version=7 after snapshot version=2");
		assertThatExceptionOfType(ConflictException.class).as("something below has changed")
			.isThrownBy(() -> this.engine.compareAndSwap(2, Map.of("domain.b", Map.of())));
		assertThat(this.engine.state().version()).isEqualTo(8);
	}

	@Test
	void versionFromBeforeTheFirstComparisonIsRefusedWhenItIsNoLongerKept() {
		for (int i = 1; i <= 6; i++) {
			int value = i;
			this.engine.edit("count", (tx) -> tx.set("domain.counter", value));
		}
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(2, Map.of("domain.a", 2)))
			.withMessageStartingWith("conflict on 'domain.a' in compare-and-swap: version=2 is older than the history "
					+ "that is kept, changed after snapshot version=2");
		this.engine.edit("count", (tx) -> tx.set("domain.counter", 7));
		assertThat(this.engine.compareAndSwap(3, Map.of("domain.a", 2))).isEqualTo(9);
	}

	@Test
	void diagnosisNamesTheLastCommitThatChangedTheKey() {
		this.engine.edit("by hand", (tx) -> tx.set("domain.b.x", 2));
		this.engine.edit("again", (tx) -> tx.set("domain.b", Map.of("x", 3)));
		this.engine.compareAndSwap(3, Map.of("domain.a", 2));
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(1, Map.of("domain.b.x", 9)))
			.satisfies((ex) -> {
				assertThat(ex.conflict().culprit()).isNotNull();
				assertThat(ex.conflict().culprit().version()).isEqualTo(3);
				assertThat(ex.conflict().culprit().origin()).hasToString("edit 'again'");
			});
	}

	@Test
	void keysArePaths() {
		assertThatExceptionOfType(InvalidPathException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(1, Map.of("domain..a", 2)));
		assertThatExceptionOfType(InvalidPathException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(1, Map.of("a", 2)));
	}

}
