package io.theus.engine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.heavy.HeavyState;
import io.theus.transaction.Participant;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Arrays of commits that are prepared, and made or dropped with another transaction.
 */
class HeavyPreparedTests {

	private final Surrounding surrounding = new Surrounding();

	private final TheusEngine engine = TheusEngine.builder()
		.surroundings(this.surrounding)
		.process("make", (spec) -> spec.outputs("heavy.frame").body((state, arguments) -> {
			HeavyArray frame = state.alloc("frame", DType.INT16, 4);
			frame.fill(2);
			state.set("heavy.frame", frame);
			return state.alloc("spare", DType.INT16, 4);
		}))
		.build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void arrayIsPublishedWithTheOtherTransaction() {
		this.surrounding.begin();
		HeavyArray spare = this.engine.execute("make");
		Participant prepared = this.surrounding.participant();
		prepared.prepare();
		assertThat(this.engine.heavy().segments())
			.allSatisfy((segment) -> assertThat(segment.state()).isEqualTo(HeavyState.PRIVATE))
			.hasSize(2);
		prepared.publish();
		assertThat(this.engine.heavy().segments()).extracting("state")
			.containsExactlyInAnyOrder(HeavyState.PUBLISHED, HeavyState.PRIVATE);
		assertThat(spare.fill(1).sum()).isEqualTo(4);
	}

	@Test
	void arrayIsFreedWithTheOtherTransaction() {
		this.surrounding.begin();
		this.engine.execute("make");
		Participant prepared = this.surrounding.participant();
		prepared.prepare();
		prepared.drop();
		assertThat(this.engine.heavy().segments()).isEmpty();
	}

}
