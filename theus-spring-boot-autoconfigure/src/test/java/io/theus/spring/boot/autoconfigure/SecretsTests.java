package io.theus.spring.boot.autoconfigure;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.theus.AuditLevel;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Input;
import io.theus.annotation.Process;
import io.theus.annotation.SignalListener;
import io.theus.engine.TheusEngine;
import io.theus.error.TheusException;
import io.theus.process.ExecutionKey;
import io.theus.process.ProcessRunner;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.signal.Signal;
import io.theus.spring.TheusEngineCustomizer;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Passes a secret through everything that an application gives to an engine, successfully
 * and not, and looks for it in everything that the engine tells of itself.
 */
class SecretsTests {

	private static final String SECRET = "s3cr3t";

	private static final String RUNNING = """
			name: %s
			inputs: { token: text }
			steps:
			  - process: keep
			    with: { id: o-2, token: "#{inputs.token}" }
			  - %s
			""";

	private static final String[] PROPERTIES = { "--theus.state.schema=classpath:shop/stock-schema.yml",
			"--management.endpoint.health.show-details=always",
			"--theus.workflows.definitions[0]=" + RUNNING.formatted("waiting", "{ flux: wait, signal: cmd_go }"),
			"--theus.workflows.definitions[1]=" + RUNNING.formatted("stumbling",
					"{ flux: if, condition: 'inputs.token > 1', then: [ undeclared ] }"),
			"--theus.workflows.definitions[2]="
					+ RUNNING.formatted("failing", "{ flux: fail, error: Bad, message: 'bad #{inputs.token}' }"),
			"--theus.workflows.definitions[3]=" + RUNNING.formatted("breaking", "undeclared") };

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.theus");

	// Off in other tests
	private final Logger processes = (Logger) LoggerFactory.getLogger(ProcessRunner.class);

	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

	private final List<String> told = new ArrayList<>();

	// Boot has configured logging anew when the application has started
	private void listen(Level level) {
		this.logged.start();
		this.logger.addAppender(this.logged);
		this.logger.setLevel(level);
		this.processes.setLevel(level);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.logged);
		this.logger.setLevel(null);
		this.processes.setLevel(Level.OFF);
	}

	@Test
	void secretIsNowhere() throws Exception {
		try (EndpointApplication application = new EndpointApplication(Application.class, PROPERTIES)) {
			listen(Level.DEBUG);
			exercise(application);
			ask(application);
			meters(application.bean(MeterRegistry.class));
		}
		assertThat(logLines()).anySatisfy((line) -> assertThat(line).contains("does not declare", "undeclared"))
			.anySatisfy((line) -> assertThat(line).contains("failed as declared"))
			.anySatisfy((line) -> assertThat(line).contains("has failed", "WorkflowFailureException"))
			.noneSatisfy((line) -> assertThat(line).contains(SECRET));
		assertThat(this.told).hasSizeGreaterThan(50).noneSatisfy((text) -> assertThat(text).contains(SECRET));
	}

	// Otherwise the test above would prove nothing
	@Test
	void secretIsThereForThoseWhoMaySeeIt() throws Exception {
		List<String> properties = new ArrayList<>(List.of(PROPERTIES));
		properties.add(EndpointApplication.SHOW_VALUES);
		try (EndpointApplication application = new EndpointApplication(Application.class,
				properties.toArray(String[]::new))) {
			listen(Level.TRACE);
			exercise(application);
			for (String section : List.of("/state?path=domain.kept", "/diff?from=1", "/signals", "/audit", "/outbox")) {
				assertThat(application.get(section).body()).as(section).contains(SECRET);
			}
			Run run = application.engine().workflows().runs().get(0);
			assertThat(application.get("/runs/" + run.id()).body()).contains(SECRET);
		}
		assertThat(logLines()).anySatisfy((line) -> assertThat(line).contains("does not declare", SECRET));
	}

	private void exercise(EndpointApplication application) throws Exception {
		TheusEngine engine = application.engine();
		engine.execute("keep", "o-1", SECRET);
		engine.executeAsync("keep", "o-3", SECRET).join();
		engine.edit("more", (edit) -> edit.set("domain.kept.o-1.note", SECRET));
		engine.signals().publish("sig_free", SECRET);
		await().untilAsserted(() -> assertThat(logLines())
			.anySatisfy((line) -> assertThat(line).contains("failed at signal 'sig_free'")));
		for (String refused : List.of("undeclaredWrite", "wrongType", "refusedByConstructor", "unencodable", "mutable",
				"blocked", "wrongReturn", "wrongInput", "undeclared", "declared")) {
			fails(refused, () -> engine.execute(refused, SECRET));
			assertThat(tell(application.send("/call?process=" + refused, "GET", null))).as(refused).isIn(422, 500);
		}
		fails("type", () -> engine.execute("number", SECRET));
		fails("name", () -> engine.execute("number", Map.of("n", 1, "other", SECRET)));
		fails("constructor", () -> engine.execute("take", Map.of("note", SECRET)));
		engine.execute(ExecutionKey.of(SECRET), "keep", "o-4", SECRET);
		fails("reuse", () -> engine.execute(ExecutionKey.of(SECRET), "keep", "o-5", SECRET));
		conflict(engine);
		fails("input", () -> engine.workflows().start("waiting", Map.of("token", List.of(SECRET))));
		Run waiting = engine.workflows().start("waiting", Map.of("token", SECRET), SECRET);
		await().until(() -> waiting.state() == RunState.WAITING);
		engine.signals().publish("cmd_go", SECRET);
		assertThat(waiting.await(Duration.ofSeconds(10))).isTrue();
		for (String workflow : List.of("stumbling", "failing", "breaking")) {
			Run run = engine.workflows().start(workflow, Map.of("token", SECRET));
			assertThat(run.await(Duration.ofSeconds(10))).isTrue();
			assertThat(run.state()).isEqualTo(RunState.FAILED);
		}
	}

	// What the engine says itself; what the application says is left to those who asked
	private void fails(String what, ThrowingCallable call) {
		Throwable failure = catchThrowable(call);
		assertThat(failure).as(what).isNotNull();
		if (failure instanceof TheusException) {
			this.told.add(what + ": " + failure.getMessage());
		}
	}

	private void conflict(TheusEngine engine) {
		ExecutorService other = Executors.newSingleThreadExecutor();
		try {
			fails("conflict", () -> engine.transact(TransactionOptions.named("slow"), (transaction) -> {
				transaction.upsert("domain.kept.o-1.note", SECRET, (note) -> note + SECRET);
				CompletableFuture
					.runAsync(() -> engine.edit("quick", (edit) -> edit.set("domain.kept.o-1.note", SECRET + SECRET)),
							other)
					.join();
				return true;
			}));
		}
		finally {
			other.shutdown();
		}
	}

	private void ask(EndpointApplication application) throws Exception {
		for (String section : List.of("", "/processes", "/state", "/state?path=domain", "/state?path=domain.kept",
				"/state?path=domain.kept.o-1", "/state?path=domain.kept.o-1.note", "/state?path=domain.kept&at=2",
				"/history", "/history?path=domain.kept", "/diff?from=0&limit=1000", "/diff?from=1", "/conflicts",
				"/audit", "/workflows", "/workflows/waiting", "/signals", "/signals?topic=cmd_go", "/store", "/runs",
				"/runs?state=failed", "/outbox", "/outbox?state=pending")) {
			assertThat(tell(application.get(section))).as(section).isEqualTo(200);
		}
		for (Run run : application.engine().workflows().runs()) {
			assertThat(tell(application.get("/runs/" + run.id()))).isEqualTo(200);
		}
		assertThat(tell(application.send("/actuator/health", "GET", null))).isEqualTo(200);
	}

	private int tell(HttpResponse<String> answer) {
		this.told.add(answer.body());
		return answer.statusCode();
	}

	private void meters(MeterRegistry meters) {
		for (Meter meter : meters.getMeters()) {
			this.told.add(meter.getId().toString());
		}
	}

	private List<String> logLines() {
		return List.copyOf(this.logged.list)
			.stream()
			.map((event) -> event.getLoggerName() + " " + event.getFormattedMessage() + "\n"
					+ ThrowableProxyUtil.asString(event.getThrowableProxy()))
			.toList();
	}

	record Kept(String note, int count) {

		Kept {
			if (count < 0) {
				throw new IllegalArgumentException("refused: " + note);
			}
		}

	}

	record Note(String note) {

		Note {
			throw new IllegalArgumentException("refused: " + note);
		}

	}

	record Unreadable(String secret) {

		@Override
		public String secret() {
			throw new IllegalStateException("unreadable: " + this.secret);
		}

	}

	static class Mutable {

		private String secret;

		Mutable(String secret) {
			this.secret = secret;
		}

		void secret(String other) {
			this.secret = other;
		}

		@Override
		public String toString() {
			return this.secret;
		}

	}

	static class ExpectedException extends RuntimeException {

		ExpectedException(String message) {
			super(message);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Vault vault(ProcessContext state) {
			return new Vault(state);
		}

		@Bean
		TheusEngineCustomizer rules() {
			return TestRecipes.enforced(TestRecipes.never("vault.keep", "token", AuditLevel.COUNT),
					TestRecipes.never("vault.undeclared", "token", AuditLevel.COUNT),
					TestRecipes.never("vault.blocked", "token", AuditLevel.BLOCK));
		}

		@Bean
		Calls calls(TheusEngine engine) {
			return new Calls(engine);
		}

	}

	@RestController
	static class Calls {

		private final TheusEngine engine;

		Calls(TheusEngine engine) {
			this.engine = engine;
		}

		@GetMapping("/call")
		void call(@RequestParam("process") String process) {
			this.engine.execute(process, SECRET);
		}

	}

	static class Vault {

		private final ProcessContext state;

		Vault(ProcessContext state) {
			this.state = state;
		}

		@Process(outputs = "domain.kept.{id}", emits = "sig_kept", sends = "kept")
		String keep(String id, String token) {
			this.state.set("domain.kept." + id, new Kept(token, 1));
			this.state.emit("sig_kept", Map.of("token", token));
			this.state.outbox().send("kept", token, Map.of("token", token), Map.of("token", token));
			return token;
		}

		@Process
		void undeclaredWrite(String token) {
			this.state.set("domain.other", token);
		}

		@Process(outputs = "domain.stock.*")
		void wrongType(String token) {
			this.state.set("domain.stock.apple", Map.of("name", token, "count", token));
		}

		@SignalListener("sig_free")
		void hear(Signal signal) {
			throw new IllegalStateException("heard: " + signal.payload());
		}

		@Process
		void blocked(String token) {
			throw new IllegalStateException(token);
		}

		@Process(updates = "domain.kept.o-1")
		void refusedByConstructor(String token) {
			this.state.set("domain.kept.o-1.count", -1);
		}

		@Process(sends = "kept")
		void unencodable(String token) {
			this.state.outbox().send("kept", token, new Unreadable(token));
		}

		@Process(outputs = "domain.other")
		void mutable(String token) {
			this.state.set("domain.other", new Mutable(token));
		}

		@Process(semantic = Semantic.PURE, outputs = { "domain.other", "domain.another" })
		Object wrongReturn(String token) {
			return token;
		}

		@Process
		void wrongInput(@Input("domain.kept.o-1.note") long note, String token) {
			throw new IllegalStateException(note + token);
		}

		@Process
		void undeclared(String token) {
			throw new IllegalStateException("broken: " + token, new IllegalArgumentException(token));
		}

		@Process(errors = ExpectedException.class)
		void declared(String token) {
			throw new ExpectedException("expected: " + token);
		}

		@Process
		void number(long n) {
			throw new IllegalStateException(String.valueOf(n));
		}

		@Process
		void take(Note note) {
			throw new IllegalStateException(note.note());
		}

	}

}
