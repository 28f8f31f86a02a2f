package io.theus.benchmarks.heavy;

import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HandoverStateTests {

	private static final String CP = "java.class.path";

	private static final Path SHARED = Path.of("/dev/shm");

	@ParameterizedTest
	@EnumSource
	void receiverSumsTheArrayAsItIs(HandoverType type) throws IOException {
		run(state(type, Command.TAKE_AND_SUM));
	}

	@ParameterizedTest
	@EnumSource
	void receiverReadsTheFirstNumberAsItIs(HandoverType type) throws IOException {
		run(state(type, Command.TAKE));
	}

	@ParameterizedTest
	@EnumSource(names = { "THEUS", "MAPPED_FILE", "LOCAL" })
	void receiverSeesChangesOfAnArrayThatItKeeps(HandoverType type) throws IOException {
		run(state(type, Command.SUM_KEPT));
	}

	private static void run(HandoverState state) throws IOException {
		state.open();
		try {
			for (int time = 1; time <= 3; time++) {
				state.change();
				state.run();
				state.verify();
			}
			state.change();
			assertThatIllegalStateException().isThrownBy(state::check)
				.withMessageStartingWith("receiver has got something else: expected=")
				.withMessageEndingWith(", do not count this measurement");
		}
		finally {
			state.close();
		}
		assertThat(shared()).isEmpty();
	}

	private static List<Path> shared() throws IOException {
		if (!Files.isDirectory(SHARED)) {
			return List.of();
		}
		String own = "-" + ProcessHandle.current().pid() + "-";
		try (Stream<Path> files = Files.list(SHARED)) {
			return files.filter((file) -> file.getFileName().toString().contains(own)).toList();
		}
	}

	@Test
	void receiverThatHasEndedIsTold() throws IOException {
		String path = System.getProperty(CP);
		System.setProperty(CP, "nowhere");
		try (ReceiverJvm receiver = new ReceiverJvm(HandoverType.PIPE, 1)) {
			assertThatIOException().isThrownBy(receiver::answer)
				.withMessageMatching("receiver has ended: pid=\\d+, see what it wrote to standard error");
		}
		finally {
			System.setProperty(CP, path);
		}
	}

	@Test
	void receiverEndsWhenItIsClosed() throws IOException {
		ReceiverJvm receiver = new ReceiverJvm(HandoverType.PIPE, 1);
		assertThat(receiver.ask(Command.COLLECT)).isZero();
		receiver.close();
		assertThat(receiver.isAlive()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 999, 1000, 1001, 1003, 125_000 })
	void sumsAreExact(int count) {
		double[] array = LocalHandover.array(count);
		double expected = Arrays.stream(array).sum();
		assertThat(Numbers.sum(count)).isEqualTo(expected);
		assertThat(Numbers.sum(array)).isEqualTo(expected);
		assertThat(Numbers.sum(DoubleBuffer.wrap(array))).isEqualTo(expected);
	}

	private static HandoverState state(HandoverType type, Command command) {
		HandoverState state = new HandoverState();
		state.handoverType = type;
		state.command = command;
		state.megabytes = 2;
		return state;
	}

}
