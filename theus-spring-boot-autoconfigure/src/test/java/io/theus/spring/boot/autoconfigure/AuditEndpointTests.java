package io.theus.spring.boot.autoconfigure;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.theus.AuditLevel;
import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.audit.AuditStopException;
import io.theus.engine.TheusEngine;
import io.theus.spring.TheusEngineCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Looks at the audit of a running application over HTTP, and has a stopped engine go on.
 */
class AuditEndpointTests {

	private static final String WRITABLE = "--management.endpoint.theus.access=unrestricted";

	private EndpointApplication application;

	private void start(String... properties) {
		this.application = new EndpointApplication(Application.class, properties);
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	private void violateAndStop() {
		TheusEngine engine = this.application.engine();
		engine.execute("count", "s3cr3t");
		assertThatExceptionOfType(AuditStopException.class).isThrownBy(() -> engine.execute("halt", "other s3cr3t"));
	}

	@Test
	void trailIsShownWithoutValues() throws Exception {
		start();
		violateAndStop();
		DocumentContext audit = this.application.json("/audit");
		assertThat(audit.read("$.total", Integer.class)).isEqualTo(audit.read("$.kept", Integer.class));
		assertThat(audit.read("$.capacity", Integer.class)).isEqualTo(1000);
		assertThat(audit.<List<String>>read("$.entries[*].kind")).contains("OUTPUT", "STOP").last().isEqualTo("OUTPUT");
		assertThat(audit.<List<String>>read("$.entries[?(@.kind=='OUTPUT')].value")).containsOnly("******");
		assertThat(audit.read("$.counts.['desk.count:output:domain.text']", Integer.class)).isEqualTo(1);
		assertThat(audit.read("$.stop.rule", String.class)).isEqualTo("desk.halt:output:domain.text");
		assertThat(audit.read("$.stop.origin", String.class)).isEqualTo("process 'desk.halt'");
		assertThat(audit.jsonString()).doesNotContain("s3cr3t");
		assertThat(this.application.json("/audit?limit=1").<List<String>>read("$.entries")).hasSize(1);
		EndpointApplication.assertRefused(this.application.get("/audit?limit=x"), 400,
				"'limit' is not a whole number: actual=x, use 1 to 1000");
	}

	@Test
	void trailShowsValuesToThoseWhoMaySeeThem() throws Exception {
		start("--management.endpoint.theus.show-values=when-authorized");
		violateAndStop();
		assertThat(
				this.application.as("admin").json("/audit").<List<String>>read("$.entries[?(@.kind=='OUTPUT')].value"))
			.containsExactly("other s3cr3t", "s3cr3t");
		assertThat(this.application.as(null).get("/audit").body()).doesNotContain("s3cr3t");
	}

	@Test
	void trailHasLimitedPathsForTheirRolesOnly() throws Exception {
		start("--theus.endpoints.paths[0].path=domain.text", "--theus.endpoints.paths[0].roles=ADMIN");
		violateAndStop();
		assertThat(this.application.as("admin").get("/audit").body()).contains("domain.text");
		DocumentContext audit = this.application.as("clerk").json("/audit");
		assertThat(audit.jsonString()).doesNotContain("domain.text");
		assertThat(audit.<Map<String, Object>>read("$.counts")).containsOnlyKeys("desk.halt");
		assertThat(audit.read("$.stop.rule", String.class)).isEqualTo("******");
	}

	@Test
	void stoppedEngineIsNeitherHealthyNorReadyUntilItIsResumed() throws Exception {
		start(WRITABLE, "--management.endpoint.health.show-details=always",
				"--management.endpoint.health.probes.enabled=true");
		assertThat(status("/actuator/health")).isEqualTo(200);
		assertThat(status("/actuator/health/readiness")).isEqualTo(200);
		EndpointApplication.assertRefused(
				this.application.post("/resume", EndpointApplication.request("reason", "for fun")), 409,
				"engine cannot be resumed: it is not stopped");
		violateAndStop();
		assertThat(status("/actuator/health/readiness")).isEqualTo(503);
		assertThat(status("/actuator/health/liveness")).isEqualTo(200);
		HttpResponse<String> health = this.application.send("/actuator/health", "GET", null);
		assertThat(health.statusCode()).isEqualTo(503);
		assertThat(JsonPath.parse(health.body()).read("$.components.theus.details.engine", String.class))
			.isEqualTo("stopped");
		assertThat(JsonPath.parse(health.body()).read("$.components.theus.details.stoppedBy", String.class))
			.isEqualTo("process 'desk.halt'");
		assertThat(JsonPath.parse(health.body()).read("$.components.theus.details.stoppedRule", String.class))
			.isEqualTo("desk.halt:output:domain.text");
		assertThat(health.body()).doesNotContain("s3cr3t");
		EndpointApplication.assertRefused(this.application.post("/resume", null), 400,
				"'reason' is missing, say why the engine goes on");
		assertThat(EndpointApplication
			.json(this.application.post("/resume", EndpointApplication.request("reason", "mended")))
			.read("$.version", Long.class)).isEqualTo(this.application.engine().state().version());
		assertThat(status("/actuator/health/readiness")).isEqualTo(200);
		assertThat(status("/actuator/health")).isEqualTo(200);
		assertThat(this.application.json("/audit?limit=1").read("$.entries[0].message", String.class))
			.isEqualTo("mended");
	}

	@Test
	void healthDoesNotNameARuleAboutALimitedPath() throws Exception {
		start("--management.endpoint.health.show-details=always", "--theus.endpoints.paths[0].path=domain",
				"--theus.endpoints.paths[0].roles=ADMIN");
		violateAndStop();
		HttpResponse<String> health = this.application.send("/actuator/health", "GET", null);
		assertThat(JsonPath.parse(health.body()).read("$.components.theus.details.stoppedRule", String.class))
			.isEqualTo("******");
		assertThat(health.body()).doesNotContain("domain.text");
	}

	@Test
	void callersAreToldWhatTheAuditRefusesWithoutWhatItIsAbout() throws Exception {
		start();
		HttpResponse<String> refused = this.application.send("/call?process=block", "GET", null);
		assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
		assertThat(JsonPath.parse(refused.body()).read("$.code", String.class)).isEqualTo("audit");
		violateAndStop();
		HttpResponse<String> stopped = this.application.send("/call?process=count", "GET", null);
		assertThat(stopped.statusCode()).as(stopped.body()).isEqualTo(503);
		assertThat(stopped.headers().firstValue("Retry-After")).hasValue("60");
		assertThat(JsonPath.parse(stopped.body()).read("$.code", String.class)).isEqualTo("stopped");
		assertThat(refused.body() + stopped.body()).doesNotContain("s3cr3t").doesNotContain("domain");
	}

	private int status(String path) throws Exception {
		return this.application.send(path, "GET", null).statusCode();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Desk desk(ProcessContext state) {
			return new Desk(state);
		}

		@Bean
		Calls calls(TheusEngine engine) {
			return new Calls(engine);
		}

		@Bean
		TheusEngineCustomizer rules() {
			return TestRecipes.enforced(TestRecipes.never("desk.count", "domain.text", AuditLevel.COUNT),
					TestRecipes.never("desk.block", "domain.text", AuditLevel.BLOCK),
					TestRecipes.never("desk.halt", "domain.text", AuditLevel.STOP));
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
			this.engine.execute(process, "s3cr3t");
		}

	}

	static class Desk {

		private final ProcessContext state;

		Desk(ProcessContext state) {
			this.state = state;
		}

		@Process(outputs = "domain.text")
		void count(String text) {
			this.state.set("domain.text", text);
		}

		@Process(outputs = "domain.text")
		void block(String text) {
			this.state.set("domain.text", text);
		}

		@Process(outputs = "domain.text")
		void halt(String text) {
			this.state.set("domain.text", text);
		}

	}

}
