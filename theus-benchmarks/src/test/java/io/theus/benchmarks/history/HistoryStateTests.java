package io.theus.benchmarks.history;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HistoryStateTests {

	@ParameterizedTest
	@EnumSource
	void neighboursDifferInWhatWasChangedWhateverTheirAge(VersionedMapType type) {
		HistoryState state = state(type);
		state.open();
		for (int times = 0; times < 2 * state.versions; times++) {
			assertThat(state.diff()).isEqualTo(VersionedMap.CHANGES);
		}
		state.commit();
		assertThat(state.diff()).isEqualTo(VersionedMap.CHANGES);
		state.close();
	}

	@ParameterizedTest
	@EnumSource
	void heapIsThatOfTheMap(VersionedMapType type) {
		HistoryState state = state(type);
		state.keys = 100_000;
		state.open();
		assertThat(state.liveBytes()).isBetween(5_000_000L, 200_000_000L);
		state.close();
	}

	@ParameterizedTest
	@EnumSource
	void anotherNumberOfDifferencesIsRefused(VersionedMapType type) {
		HistoryState state = state(type);
		state.keys = VersionedMap.CHANGES / 2;
		assertThatIllegalStateException().isThrownBy(() -> {
			state.open();
			state.diff();
		})
			.withMessage("versions do not differ in what was changed: changed=10, differences=1, "
					+ "do not count this measurement");
	}

	private static HistoryState state(VersionedMapType type) {
		HistoryState state = new HistoryState();
		state.versionedMapType = type;
		state.keys = 1000;
		state.versions = 5;
		state.made = 5;
		return state;
	}

}
