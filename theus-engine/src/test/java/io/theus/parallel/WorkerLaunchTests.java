package io.theus.parallel;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.theus.ProcessContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WorkerPool}: how workers are started, what they make, where their text
 * goes, and that none is left behind.
 */
class WorkerLaunchTests {

	private WorkerFixture fixture = new WorkerFixture(WorkerFixture.SETTINGS);

	@AfterEach
	void poolLeavesNothing() {
		this.fixture.close();
		assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
	}

	private void use(WorkerSettings settings) {
		this.fixture.close();
		this.fixture = new WorkerFixture(settings);
	}

	@Test
	void noWorkerIsStartedBeforeItIsNeeded() {
		assertThat(this.fixture.pool().status()).isEqualTo(new WorkerPoolStatus(1, 0, 0, 0, 0, 0, List.of()));
		this.fixture.call("pid");
		WorkerPoolStatus status = this.fixture.pool().status();
		assertThat(status).isEqualTo(new WorkerPoolStatus(1, 1, 0, 0, 1, 0, status.pids()));
	}

	@Test
	void optionThatTheVirtualMachineDoesNotKnowIsReported() {
		use(WorkerFixture.SETTINGS.withJvm("64m", List.of("-XX:+NoSuchOption")));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> this.fixture.call("pid"))
				.withMessageContaining("did not start: exit code=1, it exited by itself, check "
						+ "theus.parallel.jvm-options, it said: Unrecognized VM option 'NoSuchOption'");
		}
		assertThat(this.fixture.pool().status().died()).isZero();
	}

	@Test
	void callsThatWaitForWorkersThatCannotStartAllFail() {
		use(WorkerFixture.SETTINGS.withJvm("64m", List.of("-XX:+NoSuchOption")));
		List<CompletableFuture<@Nullable Object>> calls = Stream.generate(() -> this.fixture.later("pid"))
			.limit(4)
			.toList();
		for (CompletableFuture<@Nullable Object> each : calls) {
			assertThat(each).failsWithin(Duration.ofSeconds(30))
				.withThrowableThat()
				.havingRootCause()
				.isInstanceOf(WorkerStartException.class);
		}
	}

	@Test
	void programThatIsNotThereIsReported() {
		use(WorkerFixture.SETTINGS.withCustomizer((command) -> new WorkerCommand("/nowhere/java", command.options(),
				command.classPath(), command.mainClass(), command.arguments())));
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> this.fixture.call("pid"))
			.withMessage(
					"worker '/nowhere/java' did not start: the program cannot be run, set java.home or name another")
			.withCauseInstanceOf(IOException.class);
	}

	@Test
	void workerOfAnotherProtocolIsRefused() {
		use(WorkerFixture.SETTINGS
			.withCustomizer((command) -> command.withMain(command.classPath(), OtherProtocol.class.getName())));
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> this.fixture.call("pid"))
			.withMessageContaining("it was killed: it speaks another protocol: expected=1, found=99, "
					+ "give it the theus-engine of this application");
	}

	@Test
	void workerThatIsNeverReadyIsKilled() {
		use(WorkerFixture.SETTINGS.withLimits(Duration.ofMillis(700), Duration.ofSeconds(1), Duration.ofSeconds(1))
			.withCustomizer((command) -> command.withMain(command.classPath(), Silent.class.getName())));
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> this.fixture.call("pid"))
			.withMessageContaining("it was killed: it was not ready in time: limit=PT0.7S");
	}

	@Test
	void longClassPathAndAnotherMainClassWork() throws Exception {
		String padding = (File.pathSeparator + "/no where/" + "x".repeat(200)).repeat(1500);
		use(WorkerFixture.SETTINGS
			.withCustomizer((command) -> command.withMain(command.classPath() + padding, OwnMain.class.getName())
				.withOptions(List.of("-Down.option=set"))));
		assertThat(this.fixture.call("property", "own.option")).isEqualTo("set");
		assertThat(this.fixture.call("property", "own.main")).isEqualTo("ran");
		try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			assertThat(left.map((file) -> file.getFileName().toString()))
				.noneMatch((name) -> name.startsWith("theus-worker-" + ProcessHandle.current().pid() + "-"));
		}
	}

	@Test
	void beanWithAnotherConstructorIsNamed() {
		WorkerCall call = WorkerFixture.call(Demanding.class, "run", WorkerFixture.NOTHING);
		assertThatExceptionOfType(WorkerBeanException.class).isThrownBy(() -> this.fixture.call(call))
			.withMessage("class 'io.theus.parallel.WorkerLaunchTests$Demanding' cannot be used in a worker: it has no "
					+ "constructor without parameters or with a ProcessContext only, add one or name a factory with "
					+ "theus.parallel.worker-factory");
	}

	@Test
	void factoryMakesBeans() {
		use(WorkerFixture.SETTINGS.withFactory(Factory.class.getName()));
		assertThat(this.fixture.call(WorkerFixture.call(Demanding.class, "run", WorkerFixture.NOTHING)))
			.isEqualTo("made by a factory for tasks.run");
	}

	@Test
	void factoryThatIsNoneIsNamed() {
		use(WorkerFixture.SETTINGS.withFactory(String.class.getName()));
		assertThatExceptionOfType(WorkerBeanException.class).isThrownBy(() -> this.fixture.call("pid"))
			.withMessage("class 'java.lang.String' cannot be used in a worker: it is named by "
					+ "theus.parallel.worker-factory and must be a WorkerBeanFactory with a constructor without parameters");
	}

	@Test
	void inheritedMethodIsFound() {
		assertThat(this.fixture.call(
				new WorkerCall("tasks.run", "e", 1, new WorkerCall.Target(Inheriting.class.getName(), "run", List.of()),
						List.of(), WorkerFixture.NOTHING, Map.of())))
			.isEqualTo("inherited");
	}

	@Test
	void textOfTheCodeGoesToTheLogAndNotIntoTheReply() {
		Logger logger = (Logger) LoggerFactory.getLogger("io.theus.parallel.worker");
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.addAppender(lines);
		Level before = logger.getLevel();
		logger.setLevel(Level.INFO);
		try {
			String text = "é".repeat(5000);
			assertThat(this.fixture.call("print", text)).isEqualTo(text);
			assertThat(this.fixture.call("input")).isEqualTo(-1);
			long pid = this.fixture.pool().status().pids().get(0);
			await()
				.untilAsserted(() -> assertThat(List.copyOf(lines.list)).extracting(ILoggingEvent::getFormattedMessage)
					.containsExactly("pid=" + pid + " " + "é".repeat(4096), "pid=" + pid + " " + "é".repeat(904),
							"pid=" + pid + " beside " + "é".repeat(4089), "pid=" + pid + " " + "é".repeat(911)));
		}
		finally {
			logger.setLevel(before);
			logger.detachAppender(lines);
		}
	}

	@Test
	void traceIsInTheLogContextOfTheWorker() {
		WorkerCall plain = WorkerFixture.call(WorkerTasks.class, "logged", WorkerFixture.NOTHING, "traceId");
		WorkerCall traced = new WorkerCall(plain.process(), plain.executionId(), 1, plain.target(), plain.arguments(),
				plain.inputs(), Map.of("traceId", "t-1"));
		assertThat(this.fixture.call(traced)).isEqualTo("t-1");
		assertThat(this.fixture.call(plain)).isNull();
	}

	// The parent gets no chance to close anything
	@Test
	void workersEndWithAParentThatIsKilled() throws Exception {
		Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Parent.class.getName())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
			String line = Objects.requireNonNull(reader.readLine());
			List<ProcessHandle> workers = Stream.of(line.split(" ", -1))
				.map((pid) -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
				.toList();
			assertThat(workers).hasSize(2).allMatch(ProcessHandle::isAlive);
			parent.destroyForcibly();
			await().until(() -> workers.stream().noneMatch(WorkerLaunchTests::runs));
		}
		finally {
			parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

	// Where nobody waits for orphans, one that has ended still has its number
	private static boolean runs(ProcessHandle process) {
		try {
			return process.isAlive() && !Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
		}
		catch (IOException ex) {
			return process.isAlive();
		}
	}

	/** A parent with two busy workers. */
	public static final class Parent {

		private Parent() {
		}

		public static void main(String[] arguments) throws Exception {
			WorkerFixture fixture = new WorkerFixture(WorkerFixture.SETTINGS.withSize(2));
			Path directory = Files.createTempDirectory("theus-parent");
			CompletableFuture<?> all = CompletableFuture.anyOf(fixture.later("spin", directory.resolve("a").toString()),
					fixture.later("sleep", directory.resolve("b").toString()));
			await().until(() -> Files.exists(directory.resolve("a")) && Files.exists(directory.resolve("b")));
			Files.delete(directory.resolve("a"));
			Files.delete(directory.resolve("b"));
			Files.delete(directory);
			List<Long> pids = fixture.pool().status().pids();
			System.out.println(pids.get(0) + " " + pids.get(1));
			all.join();
		}

	}

	/** Says that it is of another version. */
	public static final class OtherProtocol {

		private OtherProtocol() {
		}

		public static void main(String[] arguments) throws Exception {
			new Frame(Frame.Kind.HELLO, 0, new byte[] { 0, 0, 0, 99 }).write(System.out);
			System.in.read();
		}

	}

	/** Says nothing. */
	public static final class Silent {

		private Silent() {
		}

		public static void main(String[] arguments) throws Exception {
			while (System.in.read() >= 0) {
				Thread.onSpinWait();
			}
		}

	}

	/** Does something first. */
	public static final class OwnMain {

		private OwnMain() {
		}

		public static void main(String[] arguments) throws Exception {
			System.setProperty("own.main", "ran");
			WorkerMain.main(arguments);
		}

	}

	static class Demanding {

		private final String text;

		private final ProcessContext context;

		Demanding(String text, ProcessContext context) {
			this.text = text;
			this.context = context;
		}

		String run() {
			return this.text + " for " + this.context.processId();
		}

	}

	static final class Factory implements WorkerBeanFactory {

		@Override
		public Object create(Class<?> type, ProcessContext context) {
			return new Demanding("made by a factory", context);
		}

	}

	interface Runs {

		default String run() {
			return "inherited";
		}

	}

	static final class Inheriting implements Runs {

	}

}
