package io.theus.outbox;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class OutboxMessageTests {

	private final byte[] bytes = { 1, 2 };

	private final OutboxMessage message = OutboxMessage.of("m-1", "orders", "k", this.bytes, "a/b", Map.of("h", "v"));

	@Test
	void bodyIsCopiedOnTheWayInAndOut() {
		this.bytes[0] = 9;
		this.message.body()[1] = 9;
		assertThat(this.message.body()).containsExactly(1, 2);
		assertThat(this.message.bodyLength()).isEqualTo(2);
	}

	@Test
	void headersCannotBeChanged() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.message.headers().put("a", "b"));
	}

	@Test
	void commitGivesVersionAndTime() {
		Instant time = Instant.ofEpochSecond(5);
		OutboxMessage committed = this.message.withCommit(7, time);
		assertThat(committed.commitVersion()).isEqualTo(7);
		assertThat(committed.created()).isEqualTo(time);
		assertThat(committed).usingRecursiveComparison()
			.ignoringFields("commitVersion", "created")
			.isEqualTo(this.message);
		assertThat(this.message.commitVersion()).isEqualTo(OutboxMessage.NO_COMMIT);
		assertThatIllegalArgumentException().isThrownBy(() -> this.message.withCommit(0, time))
			.withMessage("message 'm-1' needs a commit: version=0, minimum=1");
	}

	@Test
	void timeBeforeTheCommitIsAnError() {
		assertThatIllegalStateException().isThrownBy(this.message::created)
			.withMessage("message 'm-1' is not committed: topic=orders, call withCommit first");
	}

	@Test
	void textShowsNeitherContentNorKeyNorHeaders() {
		assertThat(this.message)
			.hasToString("message 'm-1' to 'orders' [commitVersion=-1, contentType=a/b, bodyLength=2]");
	}

}
