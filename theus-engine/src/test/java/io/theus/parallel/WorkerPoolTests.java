package io.theus.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.internal.collection.PersistentMap;
import io.theus.state.NoSuchPathException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link WorkerPool}: what goes to a worker and what comes back.
 */
class WorkerPoolTests {

	private final WorkerFixture fixture = new WorkerFixture(WorkerFixture.SETTINGS);

	@AfterEach
	void close() {
		this.fixture.close();
		assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
	}

	@Test
	void methodRunsInAnotherProcessAndReturnsItsValue() {
		assertThat(this.fixture.call("add", 1, 2.5)).isEqualTo(3.5);
		assertThat(this.fixture.call("pid")).isNotEqualTo(ProcessHandle.current().pid())
			.isEqualTo(this.fixture.pool().status().pids().get(0));
	}

	@Test
	void workerAndItsBeansAreUsedAgain() {
		assertThat(List.of(call("count"), call("count"), call("count"))).containsExactly(1, 2, 3);
		assertThat(this.fixture.pool().status().started()).isOne();
	}

	private Object call(String method, Object... arguments) {
		return Optional.ofNullable(this.fixture.call(method, arguments)).orElseThrow();
	}

	@Test
	void contextReadsDeclaredInputs() {
		Map<String, Object> order = PersistentMap.copyOf(Map.of("total", 12L, "lines", List.of(1, 2)));
		WorkerCall.Inputs inputs = WorkerFixture.inputs(Map.of("domain.order", order), "domain.order",
				"domain.prices.*");
		assertThat(this.fixture.call(WorkerFixture.call(WorkerTasks.class, "reads", inputs))).isEqualTo(
				List.of(12L, 12L, Optional.empty(), true, Set.of("total", "lines"), "tasks.reads", "e-1", 2, 7L, 1));
	}

	@Test
	void readOfWhatIsAbsentIsTheExceptionOfTheEngine() {
		WorkerCall.Inputs inputs = WorkerFixture.inputs(Map.of("domain.order.total", 1), "domain.order.*");
		assertThatExceptionOfType(NoSuchPathException.class)
			.isThrownBy(
					() -> this.fixture.call(WorkerFixture.call(WorkerTasks.class, "read", inputs, "domain.order.totl")))
			.withMessage("path 'domain.order.totl' not found, did you mean 'total', "
					+ "use find or getOrDefault if it may be absent")
			.satisfies((ex) -> assertThat(ex.path()).hasToString("domain.order.totl"));
	}

	@Test
	void readOfWhatIsNotDeclaredNamesTheInputs() {
		WorkerCall.Inputs inputs = WorkerFixture.inputs(Map.of("domain.order.total", 1), "domain.order.total");
		assertThatExceptionOfType(WorkerContextException.class)
			.isThrownBy(() -> this.fixture.call(WorkerFixture.call(WorkerTasks.class, "read", inputs, "domain.stock")))
			.withMessage("read of 'domain.stock' is refused: process 'tasks.read' sees only its declared inputs in a "
					+ "worker: inputs=[domain.order.total], add it to inputs or run the process with "
					+ "theus.parallel.mode=threads");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "set", "update", "put", "remove", "append", "emit", "outbox", "start", "signalRun", "once" })
	void contextIsReadOnly(String operation) {
		WorkerCall.Inputs inputs = WorkerFixture.inputs(Map.of("domain.order.total", 1L), "domain.order.*");
		assertThatExceptionOfType(WorkerContextException.class)
			.isThrownBy(() -> this.fixture.call(WorkerFixture.call(WorkerTasks.class, "write", inputs, operation)))
			.withMessageContaining("is refused: the context of process 'tasks.write' is read-only in a worker, "
					+ "return the value instead or run the process with theus.parallel.mode=threads");
	}

	@Test
	void exceptionArrivesUnchangedWithItsTrace() {
		assertThatThrownBy(() -> this.fixture.call("fail", "text")).isExactlyInstanceOf(IllegalArgumentException.class)
			.hasMessage("text")
			.satisfies((ex) -> {
				assertThat(ex.getCause()).isInstanceOf(IllegalStateException.class).hasMessage("cause of text");
				assertThat(ex.getSuppressed()).singleElement().isInstanceOf(ArithmeticException.class);
				List<String> frames = new ArrayList<>();
				for (StackTraceElement element : ex.getStackTrace()) {
					frames.add(element.toString());
				}
				long pid = this.fixture.pool().status().pids().get(0);
				assertThat(frames.get(0)).contains("WorkerTasks.fail(WorkerTasks.java:");
				assertThat(frames).contains("io.theus.parallel.Worker.pid_" + pid + "(worker process)")
					.anyMatch((frame) -> frame.contains("WorkerPool.call("))
					.noneMatch((frame) -> frame.contains("CallRunner"));
			});
	}

	@Test
	void errorArrivesUnchanged() {
		assertThatThrownBy(() -> this.fixture.call("error")).isExactlyInstanceOf(AssertionError.class).hasMessage("no");
	}

	@Test
	void exceptionThatIsNotSerializableIsDescribed() {
		assertThatExceptionOfType(RemoteProcessException.class)
			.isThrownBy(() -> this.fixture.call("failUntransportably"))
			.withMessage("process 'tasks.failUntransportably' failed in a worker: "
					+ "type=io.theus.parallel.WorkerTasks$Untransportable, message=secret, make the exception and what "
					+ "it holds Serializable to get it as it is")
			.satisfies((ex) -> {
				assertThat(ex.stack()).contains("WorkerTasks.failUntransportably(WorkerTasks.java:");
				assertThat(ex.type()).isEqualTo(WorkerTasks.Untransportable.class.getName());
				assertThat(ex.isWordedByApplication()).isTrue();
			});
	}

	@Test
	void argumentThatCannotBeTransportedIsNamed() {
		WorkerTasks.Holder holder = new WorkerTasks.Holder(Thread.currentThread());
		assertThatExceptionOfType(TransportException.class).isThrownBy(() -> this.fixture.call("echo", holder))
			.withMessage("argument 'value' of process 'tasks.echo' cannot be transported between engine and worker: "
					+ "at '.thread': type=java.lang.Thread, make it a record or Serializable, or run the process with "
					+ "theus.parallel.mode=threads")
			.satisfies((ex) -> assertThat(ex.subject()).isEqualTo("argument 'value'"));
		assertThat(this.fixture.pool().status().started()).isZero();
	}

	@Test
	void inputThatCannotBeTransportedIsNamed() {
		WorkerCall.Inputs inputs = WorkerFixture.inputs(Map.of("domain.task", Thread.currentThread()), "domain.task");
		assertThatExceptionOfType(TransportException.class)
			.isThrownBy(() -> this.fixture.call(WorkerFixture.call(WorkerTasks.class, "pid", inputs)))
			.withMessageStartingWith("input 'domain.task' of process 'tasks.pid' cannot be transported");
	}

	@Test
	void resultThatCannotBeTransportedIsNamed() {
		assertThatExceptionOfType(TransportException.class).isThrownBy(() -> this.fixture.call("thread"))
			.withMessageStartingWith("the result of process 'tasks.thread' cannot be transported between engine and "
					+ "worker: at '.thread': type=java.lang.Thread, make it a record");
		assertThat(this.fixture.call("add", 1, 1.0)).isEqualTo(2.0);
	}

	@Test
	void argumentOfAnotherCollectionThanTheParameterIsNamed() {
		assertThat(this.fixture.call("list", new ArrayList<>(List.of(1)))).isEqualTo(1);
		assertThatExceptionOfType(TransportException.class)
			.isThrownBy(() -> this.fixture.call("list", new ArrayList<>(List.of(1)) {
			}))
			.withMessageContaining("parameter=java.util.ArrayList, arrives as "
					+ "type=java.util.Collections$UnmodifiableRandomAccessList, declare the parameter as an interface");
	}

	@Test
	void optionalIsTransported() {
		assertThat(this.fixture.call("optional", Optional.of("yes"))).isEqualTo(Optional.of("yes!"));
		assertThat(this.fixture.call("optional", Optional.empty())).isEqualTo(Optional.empty());
	}

	@Test
	void largeValuesGoBothWays() {
		double[] numbers = new double[50 << 17];
		for (int i = 0; i < numbers.length; i += 1000) {
			numbers[i] = i;
		}
		try (WorkerFixture large = new WorkerFixture(WorkerFixture.SETTINGS.withJvm("512m", List.of()))) {
			assertThat(large.call("echo", (Object) numbers)).isEqualTo(numbers);
		}
	}

}
