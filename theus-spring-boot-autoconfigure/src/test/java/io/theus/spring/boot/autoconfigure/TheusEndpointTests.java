package io.theus.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.DocumentContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Asks a running application over HTTP, with everything that Boot configures by itself.
 */
class TheusEndpointTests {

	private EndpointApplication application;

	private void start(String... properties) {
		List<String> all = new ArrayList<>(
				List.of("--theus.workflows.definitions[0]=name: flow\ninputs: { id: text }\nsteps: [ fail ]"));
		all.addAll(List.of(properties));
		this.application = new EndpointApplication(Application.class, all.toArray(String[]::new));
		TheusEngine engine = this.application.engine();
		engine.execute("place", "o-1", new Order("o-1", 3, "secret"));
		engine.edit("test", (tx) -> tx.set("domain.internal_key", "hidden"));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> engine.execute("fail"));
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void memoryOfArraysIsShownWithoutContent() throws Exception {
		start();
		this.application.engine().transact((tx) -> {
			HeavyArray frame = tx.alloc("frame", DType.INT32, 2, 3);
			frame.fill(4711);
			tx.set("heavy.frame", frame);
			return true;
		});
		DocumentContext heavy = this.application.json("/heavy");
		assertThat(heavy.read("$.total", Integer.class)).isEqualTo(1);
		assertThat(heavy.read("$.status.capacity", Long.class)).isEqualTo(512L << 20);
		assertThat(heavy.read("$.status.used", Long.class)).isEqualTo(24);
		assertThat(heavy.<Map<String, Object>>read("$.segments[0]")).containsEntry("state", "PUBLISHED")
			.containsEntry("dtype", "int32")
			.containsEntry("shape", List.of(2, 3))
			.containsEntry("references", 1);
		assertThat(heavy.read("$.segments[0].name", String.class))
			.matches("theus:[0-9a-f]{8}:" + ProcessHandle.current().pid() + ":frame");
		assertThat(heavy.jsonString()).doesNotContain("4711");
	}

	@Test
	void summaryAndProcesses() throws Exception {
		start();
		DocumentContext summary = this.application.json("");
		assertThat(summary.read("$.version", Integer.class)).isEqualTo(2);
		assertThat(summary.read("$.processes", Integer.class)).isEqualTo(2);
		assertThat(summary.read("$.runs", Integer.class)).isZero();
		assertThat(summary.<List<String>>read("$.sections")).containsExactly("processes", "state", "history", "diff",
				"conflicts", "audit", "workflows", "signals", "heavy", "store", "outbox", "runs");
		assertThat(summary.read("$.outbox.phase", String.class)).isEqualTo("NO_RELAY");
		DocumentContext processes = this.application.json("/processes");
		assertThat(processes.<List<String>>read("$.processes[*].id")).containsExactly("orders.fail", "orders.place");
		assertThat(processes.<Map<String, Object>>read("$.processes[1].arguments")).containsEntry("id",
				"java.lang.String");
		assertThat(processes.<List<String>>read("$.processes[1].outputs")).containsExactly("domain.orders.{id}");
		assertThat(processes.read("$.processes[1].semantic", String.class)).isEqualTo("EFFECT");
		assertThat(processes.<Map<String, Object>>read("$.processes[1].executions")).isEqualTo(Map.of("COMMITTED", 1));
		assertThat(processes.<Map<String, Object>>read("$.processes[0].executions")).isEqualTo(Map.of("UNDECLARED", 1));
		DocumentContext page = this.application.json("/processes?offset=1&limit=1");
		assertThat(page.read("$.total", Integer.class)).isEqualTo(2);
		assertThat(page.<List<String>>read("$.processes[*].id")).containsExactly("orders.place");
	}

	@Test
	void processesShowWhatTheyDoNotUseAndWhatTheyLack() throws Exception {
		start("--theus.process.strict=false");
		DocumentContext processes = this.application.json("/processes");
		assertThat(processes.<List<String>>read("$.processes[0].unused.inputs")).containsExactly("domain.limits");
		assertThat(processes.<List<String>>read("$.processes[1].unused.outputs")).isEmpty();
		assertThat(processes.<List<String>>read("$.processes[1].missing.outputs")).isEmpty();
		this.application.engine().execute("place", "counted", new Order("counted", 1, "secret"));
		processes = this.application.json("/processes");
		assertThat(processes.<List<String>>read("$.processes[1].missing.outputs")).containsExactly("domain.placed");
		assertThat(processes.<List<String>>read("$.processes[1].missing.sends")).containsExactly("counts");
	}

	@Test
	void outboxIsFoundBelowAndShowsNoContent() throws Exception {
		start();
		DocumentContext outbox = this.application.json("/outbox");
		assertThat(outbox.read("$.status.pending", Integer.class)).isEqualTo(1);
		assertThat(outbox.read("$.messages[0].topic", String.class)).isEqualTo("orders");
		assertThat(outbox.read("$.messages[0].key", String.class)).isEqualTo("******");
		assertThat(outbox.read("$.messages[0].commit", Integer.class)).isEqualTo(1);
		assertThat(outbox.read("$.messages[0].state", String.class)).isEqualTo("PENDING");
		assertThat(this.application.get("/outbox").body()).doesNotContain("secret");
		assertThat(this.application.json("/outbox?topic=other").<List<String>>read("$.messages")).isEmpty();
		assertThat(this.application.json("/outbox?state=failed&limit=5").<List<String>>read("$.messages")).isEmpty();
	}

	@Test
	void workflowsAreDrawn() throws Exception {
		start();
		assertThat(this.application.json("/workflows").<List<String>>read("$.workflows")).containsExactly("flow");
		DocumentContext workflow = this.application.json("/workflows/flow");
		assertThat(workflow.read("$.inputs.id", String.class)).isEqualTo("text");
		assertThat(workflow.read("$.mermaid", String.class)).startsWith("flowchart").contains("fail");
	}

	@Test
	void latestSignalsAreShownWithoutWhatTheySay() throws Exception {
		start();
		this.application.engine().signals().publish("sig_late", Map.of("note", "secret"));
		DocumentContext signals = this.application.json("/signals");
		assertThat(signals.read("$.total", Integer.class)).isEqualTo(2);
		assertThat(signals.<List<String>>read("$.signals[*].topic")).containsExactly("sig_late", "sig_placed");
		assertThat(signals.<Object>read("$.signals[0].payload")).isEqualTo(Map.of("note", "******"));
		assertThat(signals.<Object>read("$.signals[0].commit")).isNull();
		assertThat(signals.read("$.signals[1].payload", String.class)).isEqualTo("******");
		assertThat(signals.read("$.signals[1].commit", Integer.class)).isEqualTo(1);
		assertThat(this.application.json("/signals?limit=1&offset=1").<List<String>>read("$.signals[*].topic"))
			.containsExactly("sig_placed");
		assertThat(this.application.json("/signals?topic=sig_late").read("$.total", Integer.class)).isEqualTo(1);
	}

	@Test
	void whatSignalsSayIsShownThroughSanitizingFunctions() throws Exception {
		start(EndpointApplication.SHOW_VALUES);
		this.application.engine()
			.signals()
			.publish("sig_late", Map.of("note", "n", "password", "secret", "internal_x", "hidden"));
		assertThat(this.application.json("/signals").<Object>read("$.signals[0].payload"))
			.isEqualTo(Map.of("note", "n", "password", "******"));
		assertThat(this.application.json("/signals").read("$.signals[1].payload", String.class)).isEqualTo("o-1");
	}

	@Test
	void storeIsDescribed() throws Exception {
		start("--theus.history.versions=7");
		assertThat(this.application.json("/store").<Map<String, Object>>read("$")).isEqualTo(Map.of("kind", "memory",
				"durable", false, "version", 2, "oldestVersion", 0, "commits", 2, "capacity", 7));
	}

	@Test
	void whatIsWrongIsNamedAndExplained() throws Exception {
		start();
		EndpointApplication.assertRefused(this.application.get("/nonsense"), 404, "section 'nonsense' not found, "
				+ "known=[processes, state, history, diff, conflicts, audit, workflows, signals, heavy, store]");
		EndpointApplication.assertRefused(this.application.get("/proceses"), 404,
				"section 'proceses' not found, did you mean 'processes', "
						+ "known=[processes, state, history, diff, conflicts, audit, workflows, signals, heavy, store]");
		EndpointApplication.assertRefused(this.application.get("/workflows/flaw"), 404,
				"workflow 'flaw' not found, did you mean 'flow', known=[flow]");
		EndpointApplication.assertRefused(this.application.get("/processes/orders.fail"), 404,
				"section with items 'processes' not found, known=[workflows]");
		EndpointApplication.assertRefused(this.application.get("/outbox?state=odd"), 400,
				"state 'odd' is unknown, known=[pending, sending, sent, failed, dead, discarded]");
		for (String section : List.of("processes", "state", "history", "conflicts", "audit", "workflows", "signals",
				"outbox", "runs")) {
			EndpointApplication.assertRefused(this.application.get("/" + section + "?limit=0"), 400,
					"'limit' is out of bounds: actual=0, use 1 to 1000");
			EndpointApplication.assertRefused(this.application.get("/" + section + "?limit=1001"), 400,
					"'limit' is out of bounds: actual=1001, use 1 to 1000");
			EndpointApplication.assertRefused(this.application.get("/" + section + "?limit=ten"), 400,
					"'limit' is not a whole number: actual=ten, use 1 to 1000");
			EndpointApplication.assertRefused(this.application.get("/" + section + "?offset=-1"), 400,
					"'offset' is out of bounds: actual=-1, use 0 to 2147483647");
			assertThat(this.application.get("/" + section + "?limit=1&offset=99").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void endpointsAreReadOnlyAndMayBeClosedSeparately() throws Exception {
		start("--management.endpoint.theusoutbox.access=none");
		assertThat(this.application.post("", null).statusCode()).isEqualTo(405);
		assertThat(this.application.post("/revert?version=1&reason=r", null).statusCode()).isEqualTo(405);
		assertThat(this.application.engine().state().version()).isEqualTo(2);
		assertThat(this.application.get("").statusCode()).isEqualTo(200);
		assertThat(this.application.get("/outbox").statusCode()).isEqualTo(404);
	}

	@Test
	void summaryTellsNothingOfEndpointsThatCannotBeAsked() throws Exception {
		start("--management.endpoint.theusoutbox.access=none", "--management.endpoints.web.exposure.exclude=theusruns");
		DocumentContext summary = this.application.json("");
		assertThat(summary.<List<String>>read("$.sections")).doesNotContain("outbox", "runs").contains("state");
		assertThat(summary.<Object>read("$.outbox")).isNull();
		assertThat(summary.<Object>read("$.runs")).isNull();
	}

	@Test
	void healthAndMetricsAreThere() throws Exception {
		start("--management.endpoint.health.show-details=always");
		DocumentContext health = EndpointApplication.json(this.application.send("/actuator/health", "GET", null));
		assertThat(health.read("$.components.theus.status", String.class)).isEqualTo("UP");
		assertThat(health.read("$.components.theus.details.outbox.relay", String.class)).isEqualTo("no relay");
		assertThat(health.read("$.components.theus.details.outbox.state", String.class))
			.isEqualTo("messages stay pending");
		DocumentContext timer = EndpointApplication
			.json(this.application.send("/actuator/metrics/theus.process?tag=process:orders.place", "GET", null));
		assertThat(timer.read("$.measurements[0].value", Double.class)).isEqualTo(1);
		assertThat(EndpointApplication.json(this.application.send("/actuator/metrics/theus.commits", "GET", null))
			.read("$.measurements[0].value", Double.class)).isEqualTo(2);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Orders orders(ProcessContext state) {
			return new Orders(state);
		}

	}

	record Order(String id, int count, String password) {

	}

	static class Orders {

		private final ProcessContext state;

		Orders(ProcessContext state) {
			this.state = state;
		}

		@Process(outputs = "domain.orders.{id}", sends = "orders", emits = "sig_placed")
		void place(String id, Order order) {
			this.state.set("domain.orders." + id, order);
			this.state.outbox().send("orders", id, order);
			this.state.emit("sig_placed", id);
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
