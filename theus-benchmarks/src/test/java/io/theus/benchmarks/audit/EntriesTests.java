package io.theus.benchmarks.audit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EntriesTests {

	@ParameterizedTest
	@EnumSource
	void allEntriesAreTaken(EntriesType type) throws Exception {
		EntriesState state = new EntriesState();
		state.entriesType = type;
		state.open();
		for (int i = 0; i < 2; i++) {
			state.write();
			state.verify();
		}
		state.close();
	}

	@ParameterizedTest
	@EnumSource(names = "LOGBACK_NEVER_BLOCK", mode = EnumSource.Mode.EXCLUDE)
	void missingEntryIsNoticed(EntriesType type) {
		try (Entries entries = type.open()) {
			entries.write(0, 0);
			entries.verify(1);
			entries.write(0, 1);
			assertThatIllegalStateException().isThrownBy(() -> entries.verify(2))
				.withMessageContaining("do not count this measurement");
		}
	}

}
