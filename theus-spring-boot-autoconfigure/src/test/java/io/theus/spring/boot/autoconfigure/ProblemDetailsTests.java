package io.theus.spring.boot.autoconfigure;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.result.MockMvcResultMatchers;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.conflict.Conflict;
import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;
import io.theus.path.Path;
import io.theus.process.ExecutionKey;
import io.theus.spring.web.ProblemDetailsAdvice;
import io.theus.store.CommitOrigin;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls controllers that pass on what an engine refuses, over HTTP and with MockMvc.
 */
class ProblemDetailsTests {

	private static final String[] PROPERTIES = { "--theus.outbox.max-pending=1",
			"--theus.state.schema=classpath:shop/stock-schema.yml" };

	private static EndpointApplication application;

	@BeforeAll
	static void start() {
		application = new EndpointApplication(Application.class, PROPERTIES);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@ParameterizedTest
	@CsvSource({ "conflict, 409, conflict, 1", "schema, 422, schema-violation,", "contract, 500, contract-violation,",
			"zone, 500, contract-violation,", "argument, 400, invalid-argument,", "reuse, 422, key-reuse,",
			"full, 503, outbox-full, 10", "timeout, 503, timeout, 5", "later, 409, conflict, 1" })
	void failureIsToldWithoutWhatItIsAbout(String kind, int status, String code, String retryAfter) throws Exception {
		HttpResponse<String> answer = application.send("/fail?kind=" + kind, "GET", null);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.headers().firstValue("Retry-After").orElse(null)).isEqualTo(retryAfter);
		assertThat(JsonPath.parse(answer.body()).read("$.code", String.class)).isEqualTo(code);
		assertThat(JsonPath.parse(answer.body()).read("$.status", Integer.class)).isEqualTo(status);
		assertThat(answer.body()).doesNotContain("s3cr3t", "domain", "failures", "stock");
	}

	@Test
	void conflictIsToldInFull() throws Exception {
		HttpResponse<String> answer = application.send("/fail?kind=conflict", "GET", null);
		assertThat(JsonPath.parse(answer.body()).<Map<String, Object>>read("$")).containsAllEntriesOf(Map.of("title",
				"Conflict", "status", 409, "detail",
				"Others changed what the request depends on. Nothing was done; send it again.", "code", "conflict"));
	}

	@Test
	void whatTheApplicationSaysItselfComesFirst() {
		runner().withUserConfiguration(OwnAnswers.class).run((context) -> {
			MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
			mvc.perform(MockMvcRequestBuilders.get("/fail").param("kind", "conflict"))
				.andExpect(MockMvcResultMatchers.status().isGone())
				.andExpect(MockMvcResultMatchers.content().string("mine"));
			mvc.perform(MockMvcRequestBuilders.get("/fail").param("kind", "schema"))
				.andExpect(MockMvcResultMatchers.status().isUnprocessableContent());
		});
	}

	@Test
	void statusOfAnExceptionOfTheApplicationIsItsOwn() {
		runner().run((context) -> {
			MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
			mvc.perform(MockMvcRequestBuilders.get("/fail").param("kind", "own"))
				.andExpect(MockMvcResultMatchers.status().isPaymentRequired());
		});
	}

	@Test
	void theyAreSwitchedOff() {
		runner().run((context) -> assertThat(context).hasSingleBean(ProblemDetailsAdvice.class));
		runner().withPropertyValues("theus.web.problem-details=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ProblemDetailsAdvice.class));
	}

	private static WebApplicationContextRunner runner() {
		return new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
					TheusStateAutoConfiguration.class, TheusWebAutoConfiguration.class))
			.withUserConfiguration(Web.class, Controllers.class)
			.withPropertyValues("theus.state.schema=classpath:shop/stock-schema.yml");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebMvc
	static class Web {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application extends Controllers {

	}

	@Configuration(proxyBeanMethods = false)
	static class Controllers {

		@Bean
		Failures failures(ProcessContext state) {
			return new Failures(state);
		}

		@Bean
		FailingController failingController(TheusEngine engine) {
			return new FailingController(engine);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnAnswers {

		@Bean
		OwnAdvice ownAdvice() {
			return new OwnAdvice();
		}

	}

	// Without an order, as most are
	@ControllerAdvice
	static class OwnAdvice {

		@ExceptionHandler(ConflictException.class)
		ResponseEntity<String> conflict() {
			return ResponseEntity.status(HttpStatus.GONE).body("mine");
		}

	}

	@ResponseStatus(HttpStatus.PAYMENT_REQUIRED)
	static class OwnException extends RuntimeException {

		OwnException(Throwable cause) {
			super(cause);
		}

	}

	@RestController
	static class FailingController {

		private final TheusEngine engine;

		FailingController(TheusEngine engine) {
			this.engine = engine;
		}

		@GetMapping("/fail")
		String fail(@RequestParam("kind") String kind) {
			switch (kind) {
				case "conflict" -> throw conflict();
				case "later" -> throw new CompletionException(conflict());
				case "own" -> throw new OwnException(conflict());
				case "reuse" -> {
					this.engine.execute(ExecutionKey.of("s3cr3t"), "note", "one");
					this.engine.execute(ExecutionKey.of("s3cr3t"), "note", "two");
				}
				case "argument" -> this.engine.execute("note", Map.of("txt", "s3cr3t"));
				case "full" -> this.engine.execute("send");
				case "timeout" -> this.engine
					.transact(TransactionOptions.named("slow").withTimeout(Duration.ofNanos(1)), (transaction) -> {
						transaction.set("domain.note", "s3cr3t");
						return true;
					});
				default -> this.engine.execute(kind);
			}
			return "done";
		}

		private static ConflictException conflict() {
			return new ConflictException(new Conflict(Path.parse("domain.s3cr3t"),
					new CommitOrigin(CommitOrigin.Kind.PROCESS, "failures", null), 1, null, null));
		}

	}

	static class Failures {

		private final ProcessContext state;

		Failures(ProcessContext state) {
			this.state = state;
		}

		@Process(outputs = "domain.note")
		void note(String text) {
			this.state.set("domain.note", text);
		}

		@Process(outputs = "domain.stock.*")
		void schema() {
			this.state.set("domain.stock.s3cr3t", Map.of("name", "s3cr3t", "count", "s3cr3t"));
		}

		@Process
		void contract() {
			this.state.set("domain.s3cr3t", 1);
		}

		@Process(outputs = "domain.vault")
		void zone() {
			this.state.set("domain.vault", Map.of("const_s3cr3t", 1));
		}

		@Process(sends = "orders")
		void send() {
			this.state.outbox().send("orders", "s3cr3t", "s3cr3t");
			this.state.outbox().send("orders", "s3cr3t", "s3cr3t");
		}

	}

}
