package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Asks a running application over HTTP, with everything that Boot configures by itself.
 */
class TheusEndpointTests {

	private ConfigurableApplicationContext context;

	private String authorization = "none";

	private void start(String... properties) {
		SpringApplication application = new SpringApplication(Application.class);
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off",
				"--management.endpoints.web.exposure.include=*", "--theus.outbox.enabled=false",
				"--theus.workflows.locations=",
				"--theus.workflows.definitions[0]=name: flow\ninputs: { id: text }\nsteps: [ fail ]",
				"--spring.autoconfigure.exclude=org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
				"--spring.security.user.name=admin", "--spring.security.user.password=admin",
				"--spring.security.user.roles=OPERATOR"));
		arguments.addAll(List.of(properties));
		this.context = application.run(arguments.toArray(String[]::new));
		TheusEngine engine = this.context.getBean(TheusEngine.class);
		engine.execute("place", "o-1", new Order("o-1", 3, "secret"));
		engine.edit("test", (tx) -> tx.set("domain.internal_key", "hidden"));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> engine.execute("fail"));
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void summaryAndProcesses() throws Exception {
		start();
		DocumentContext summary = json(get(""));
		assertThat(summary.read("$.version", Integer.class)).isEqualTo(2);
		assertThat(summary.read("$.processes", Integer.class)).isEqualTo(2);
		assertThat(summary.read("$.outbox.phase", String.class)).isEqualTo("NO_RELAY");
		DocumentContext processes = json(get("/processes"));
		assertThat(processes.<List<String>>read("$.processes[*].id")).containsExactly("orders.fail", "orders.place");
		assertThat(processes.<Map<String, Object>>read("$.processes[1].arguments")).containsEntry("id",
				"java.lang.String");
		assertThat(processes.<List<String>>read("$.processes[1].outputs")).containsExactly("domain.orders.{id}");
		assertThat(processes.read("$.processes[1].semantic", String.class)).isEqualTo("EFFECT");
		assertThat(processes.<Map<String, Object>>read("$.processes[1].executions")).isEqualTo(Map.of("COMMITTED", 1));
		assertThat(processes.<Map<String, Object>>read("$.processes[0].executions")).isEqualTo(Map.of("UNDECLARED", 1));
		DocumentContext page = json(get("/processes?offset=1&limit=1"));
		assertThat(page.read("$.total", Integer.class)).isEqualTo(2);
		assertThat(page.<List<String>>read("$.processes[*].id")).containsExactly("orders.place");
	}

	@Test
	void processesShowWhatTheyDoNotUseAndWhatTheyLack() throws Exception {
		start("--theus.process.strict=false");
		DocumentContext processes = json(get("/processes"));
		assertThat(processes.<List<String>>read("$.processes[0].unused.inputs")).containsExactly("domain.limits");
		assertThat(processes.<List<String>>read("$.processes[1].unused.outputs")).isEmpty();
		assertThat(processes.<List<String>>read("$.processes[1].missing.outputs")).isEmpty();
		this.context.getBean(TheusEngine.class).execute("place", "counted", new Order("counted", 1, "secret"));
		processes = json(get("/processes"));
		assertThat(processes.<List<String>>read("$.processes[1].missing.outputs")).containsExactly("domain.placed");
		assertThat(processes.<List<String>>read("$.processes[1].missing.sends")).containsExactly("counts");
	}

	@Test
	void stateShowsKeysAndMasksValuesUnlessToldOtherwise() throws Exception {
		start();
		assertThat(json(get("/state")).<Map<String, Object>>read("$.content"))
			.containsExactly(Map.entry("domain", "map, size=2"));
		assertThat(json(get("/state?path=domain.orders")).<Map<String, Object>>read("$.content"))
			.isEqualTo(Map.of("o-1", Map.of("id", "******", "count", "******", "password", "******")));
		assertThat(json(get("/state?path=domain.orders.o-1.count")).read("$.content", String.class))
			.isEqualTo("******");
	}

	@Test
	void stateShowsValuesThroughSanitizingFunctions() throws Exception {
		start("--management.endpoint.theus.show-values=always");
		DocumentContext state = json(get("/state?path=domain"));
		assertThat(state.read("$.version", Integer.class)).isEqualTo(2);
		assertThat(state.read("$.kind", String.class)).isEqualTo("map");
		assertThat(state.<Map<String, Object>>read("$.content"))
			.isEqualTo(Map.of("orders", Map.of("o-1", "record, size=3")));
		assertThat(json(get("/state?path=domain.orders")).<Map<String, Object>>read("$.content"))
			.isEqualTo(Map.of("o-1", Map.of("id", "o-1", "count", 3, "password", "******")));
	}

	@Test
	void privateValuesAreNeverShown() throws Exception {
		start("--management.endpoint.theus.show-values=always");
		assertThat(get("/state?path=domain.internal_key").statusCode()).isEqualTo(404);
		assertThat(get("/state?path=domain").body()).doesNotContain("internal_key").doesNotContain("hidden");
	}

	@Test
	void valuesAreMaskedForThoseWhoAreNotAuthorized() throws Exception {
		start("--management.endpoint.theus.show-values=when-authorized", "--management.endpoint.theus.roles=OPERATOR");
		this.authorization = "Basic "
				+ Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));
		assertThat(json(get("/state?path=domain.orders.o-1.id")).read("$.content", String.class)).isEqualTo("o-1");
		this.authorization = "none";
		assertThat(json(get("/state?path=domain.orders.o-1.id")).read("$.content", String.class)).isEqualTo("******");
	}

	@Test
	void outboxIsFoundBelowAndShowsNoContent() throws Exception {
		start();
		DocumentContext outbox = json(get("/outbox"));
		assertThat(outbox.read("$.status.pending", Integer.class)).isEqualTo(1);
		assertThat(outbox.read("$.messages[0].topic", String.class)).isEqualTo("orders");
		assertThat(outbox.read("$.messages[0].key", String.class)).isEqualTo("******");
		assertThat(outbox.read("$.messages[0].commit", Integer.class)).isEqualTo(1);
		assertThat(outbox.read("$.messages[0].state", String.class)).isEqualTo("PENDING");
		assertThat(get("/outbox").body()).doesNotContain("secret");
		assertThat(json(get("/outbox?topic=other")).<List<String>>read("$.messages")).isEmpty();
		assertThat(json(get("/outbox?state=failed&limit=5")).<List<String>>read("$.messages")).isEmpty();
	}

	@Test
	void historyAndDifferencesAreToldWithoutSecrets() throws Exception {
		start();
		TheusEngine engine = this.context.getBean(TheusEngine.class);
		long before = engine.state().version();
		engine.edit("by hand", (edit) -> {
			edit.set("domain.note", "top secret");
			edit.set("domain.internal_note", "hidden");
			edit.set("domain.map", Map.of("internal_note", "hidden"));
		});
		DocumentContext history = json(get("/history?limit=1"));
		assertThat(history.read("$.total", Integer.class)).isEqualTo((int) before + 1);
		assertThat(history.read("$.commits[0].origin", String.class)).isEqualTo("edit 'by hand'");
		assertThat(history.<List<String>>read("$.commits[0].changed")).containsExactlyInAnyOrder("domain.note",
				"domain.map");
		assertThat(json(get("/history?path=domain.note")).read("$.total", Integer.class)).isEqualTo(1);
		DocumentContext diff = json(get("/diff?from=" + before));
		assertThat(diff.<List<String>>read("$.changes[?(@.path=='domain.note')].after")).containsExactly("******");
		assertThat(diff.<List<String>>read("$.changes[?(@.path=='domain.map')].after")).containsExactly("map, size=1");
		assertThat(get("/diff?from=" + before).body()).doesNotContain("secret").doesNotContain("hidden");
		assertThat(get("/diff?from=9999").statusCode()).isEqualTo(400);
		assertThat(get("/diff").statusCode()).isEqualTo(400);
		assertThat(get("/history?path=domain..x").statusCode()).isEqualTo(400);
	}

	@Test
	void conflictsNameTheCulprit() throws Exception {
		start();
		TheusEngine engine = this.context.getBean(TheusEngine.class);
		engine.transact(TransactionOptions.named("first").withAttempts(2), (transaction) -> {
			transaction.upsert("domain.hot", 0, (value) -> value + 1);
			if (engine.conflicts(1).refused() == 0) {
				CompletableFuture.runAsync(() -> engine.edit("by hand", (edit) -> edit.set("domain.hot", 5))).join();
			}
			return true;
		});
		DocumentContext conflicts = json(get("/conflicts"));
		assertThat(conflicts.read("$.refused", Integer.class)).isEqualTo(1);
		assertThat(conflicts.read("$.topKeys[0].subject", String.class)).isEqualTo("domain.hot");
		assertThat(conflicts.read("$.topPairs[0].subject", String.class))
			.isEqualTo("transaction 'first' <- edit 'by hand'");
		assertThat(conflicts.read("$.topPairs[0].count", Integer.class)).isEqualTo(1);
		assertThat(conflicts.<List<String>>read("$.line")).isEmpty();
	}

	@Test
	void workflowsAreDrawn() throws Exception {
		start();
		assertThat(json(get("/workflows")).<List<String>>read("$.workflows")).containsExactly("flow");
		DocumentContext workflow = json(get("/workflows/flow"));
		assertThat(workflow.read("$.inputs.id", String.class)).isEqualTo("text");
		assertThat(workflow.read("$.mermaid", String.class)).startsWith("flowchart").contains("fail");
		assertThat(get("/workflows/other").statusCode()).isEqualTo(404);
		assertThat(get("/processes/orders.fail").statusCode()).isEqualTo(404);
	}

	@Test
	void whatIsWrongIsExplainedWhereMessagesAreShown() throws Exception {
		start("--spring.web.error.include-message=always");
		assertThat(get("/state?path=doman.orders").body())
			.contains("path 'doman.orders' is invalid: unknown layer 'doman', did you mean 'domain'");
		assertThat(get("/processes?limit=0").body()).contains("use offset >= 0 and 1 <= limit <= 1000");
	}

	@Test
	void whatIsNotThereIsNotFoundAndWhatIsWrongIsRefused() throws Exception {
		start();
		assertThat(get("/nonsense").statusCode()).isEqualTo(404);
		assertThat(get("/state?path=domain.nothing").statusCode()).isEqualTo(404);
		assertThat(get("/state?path=nowhere.x").statusCode()).isEqualTo(400);
		assertThat(get("/processes?limit=0").statusCode()).isEqualTo(400);
		assertThat(get("/outbox?state=odd").statusCode()).isEqualTo(400);
	}

	@Test
	void endpointsAreReadOnlyAndMayBeClosedSeparately() throws Exception {
		start("--management.endpoint.theusoutbox.access=none");
		assertThat(send("", "POST").statusCode()).isEqualTo(405);
		assertThat(get("").statusCode()).isEqualTo(200);
		assertThat(get("/outbox").statusCode()).isEqualTo(404);
	}

	@Test
	void healthAndMetricsAreThere() throws Exception {
		start("--management.endpoint.health.show-details=always");
		DocumentContext health = json(send("/../health", "GET"));
		assertThat(health.read("$.components.theus.status", String.class)).isEqualTo("UP");
		assertThat(health.read("$.components.theus.details.outbox.relay", String.class)).isEqualTo("no relay");
		assertThat(health.read("$.components.theus.details.outbox.state", String.class))
			.isEqualTo("messages stay pending");
		DocumentContext timer = json(send("/../metrics/theus.process?tag=process:orders.place", "GET"));
		assertThat(timer.read("$.measurements[0].value", Double.class)).isEqualTo(1);
		assertThat(json(send("/../metrics/theus.commits", "GET")).read("$.measurements[0].value", Double.class))
			.isEqualTo(2);
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(path, "GET");
	}

	private HttpResponse<String> send(String path, String method) throws IOException, InterruptedException {
		String port = this.context.getEnvironment().getProperty("local.server.port");
		URI uri = URI.create("http://localhost:" + port + "/actuator/theus" + path).normalize();
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri)
				.header("Authorization", this.authorization)
				.method(method, HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static DocumentContext json(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonPath.parse(response.body());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Orders orders(ProcessContext state) {
			return new Orders(state);
		}

		@Bean
		SecurityFilterChain open(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.httpBasic(Customizer.withDefaults())
				.csrf(AbstractHttpConfigurer::disable)
				.build();
		}

		@Bean
		SanitizingFunction passwords() {
			return SanitizingFunction.sanitizeValue().ifKeyContains("password");
		}

	}

	record Order(String id, int count, String password) {

	}

	static class Orders {

		private final ProcessContext state;

		Orders(ProcessContext state) {
			this.state = state;
		}

		@Process(outputs = "domain.orders.{id}", sends = "orders")
		void place(String id, Order order) {
			this.state.set("domain.orders." + id, order);
			this.state.outbox().send("orders", id, order);
			if (id.equals("counted")) {
				this.state.set("domain.placed", 1);
				this.state.outbox().send("counts", id, 1);
			}
		}

		@Process(inputs = "domain.limits", semantic = Semantic.EFFECT)
		void fail() {
			throw new IllegalStateException("broken");
		}

	}

}
