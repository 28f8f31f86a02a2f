package io.theus.spring.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.jayway.jsonpath.DocumentContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeansException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Paths that only some roles may know of, asked for over HTTP by those who have the role
 * and by those who have not.
 */
class LimitedPathsTests {

	private static final String[] LIMITS = { EndpointApplication.SHOW_VALUES,
			"--management.endpoint.theus.access=unrestricted", "--theus.process.strict=false",
			"--theus.endpoints.paths[0].path=domain.customers.**", "--theus.endpoints.paths[0].roles=ADMIN",
			"--theus.endpoints.paths[1].path=domain.orders.*.margin", "--theus.endpoints.paths[1].roles=ADMIN,AUDITOR",
			"--theus.endpoints.paths[2].path=domain.list.*", "--theus.endpoints.paths[2].roles=ADMIN",
			"--theus.endpoints.paths[3].path=signal.sig_margin", "--theus.endpoints.paths[3].roles=ADMIN" };

	private EndpointApplication application;

	@AfterEach
	void stop() {
		if (this.application != null) {
			this.application.close();
		}
	}

	private TheusEngine start() {
		this.application = new EndpointApplication(Application.class, LIMITS);
		TheusEngine engine = this.application.engine();
		engine.edit("one", (edit) -> edit.set("domain.customers.c-1", Map.of("name", "Ann")));
		engine.edit("two", (edit) -> {
			edit.set("domain.orders.o-1", new Order(100, 42));
			edit.set("domain.list", List.of("a", "b"));
		});
		engine.edit("three", (edit) -> edit.set("domain.orders.o-1.margin", 43));
		return engine;
	}

	private DocumentContext admin(String path) throws Exception {
		return this.application.as("admin").json(path);
	}

	// Whatever else it says, the answer does not say this
	private DocumentContext clerk(String path, String... untold) throws Exception {
		DocumentContext answer = this.application.as("clerk").json(path);
		assertThat(answer.jsonString()).doesNotContain("customers", "Ann");
		List.of(untold).forEach((text) -> assertThat(answer.jsonString()).doesNotContain(text));
		return answer;
	}

	@Test
	void stateHasThemForTheirRolesOnly() throws Exception {
		start();
		assertThat(admin("/state").read("$.content.domain", String.class)).isEqualTo("map, size=3");
		assertThat(clerk("/state").read("$.content.domain", String.class)).isEqualTo("map, size=2");
		assertThat(admin("/state?path=domain").<Map<String, Object>>read("$.content")).containsKey("customers");
		DocumentContext domain = clerk("/state?path=domain", "margin");
		assertThat(domain.<Object>read("$.content"))
			.isEqualTo(Map.of("orders", Map.of("o-1", "record, size=1"), "list", List.of()));
		assertThat(domain.read("$.size", Integer.class)).isEqualTo(2);
		assertThat(clerk("/state?path=domain.orders").<Object>read("$.content"))
			.isEqualTo(Map.of("o-1", Map.of("total", 100)));
		assertThat(clerk("/state?path=domain.list").read("$.size", Integer.class)).isZero();
		assertThat(admin("/state?path=domain.list").<List<String>>read("$.content")).containsExactly("a", "b");
		assertThat(admin("/state?path=domain.orders.o-1.margin").read("$.content", Integer.class)).isEqualTo(43);
	}

	@Test
	void whatIsThereAndWhatIsNotAreAnsweredAlike() throws Exception {
		start();
		for (String path : List.of("domain.customers", "domain.customers.c-1", "domain.customers.c-9",
				"domain.customers.c-1.name", "domain.orders.o-1.margin", "domain.orders.o-9.margin", "domain.list[0]",
				"domain.list[9]", "domain.nothing")) {
			this.application.as("clerk");
			EndpointApplication.assertRefused(
					this.application.get("/state?path=" + path.replace("[", "%5B").replace("]", "%5D")), 404,
					"path '%s' not found in version 3, begin with what lies above it".formatted(path));
			EndpointApplication.assertRefused(this.application.get("/state?at=1&path=domain.customers"), 404,
					"path 'domain.customers' not found in version 1, begin with what lies above it");
		}
	}

	@Test
	void historyAndDifferencesHaveThemForTheirRolesOnly() throws Exception {
		start();
		assertThat(admin("/history").<List<List<String>>>read("$.commits[*].changed")).containsExactly(
				List.of("domain.orders.o-1.margin"), List.of("domain.orders.o-1", "domain.list"),
				List.of("domain.customers.c-1"));
		assertThat(clerk("/history", "margin").<List<List<String>>>read("$.commits[*].changed"))
			.containsExactly(List.of(), List.of("domain.orders.o-1", "domain.list"), List.of());
		assertThat(admin("/history?path=domain.orders").read("$.total", Integer.class)).isEqualTo(2);
		assertThat(clerk("/history?path=domain.orders").read("$.total", Integer.class)).isEqualTo(1);
		for (String path : List.of("domain.customers", "domain.customers.c-9")) {
			this.application.as("clerk");
			assertThat(this.application.json("/history?path=" + path).read("$.total", Integer.class)).isZero();
		}
		assertThat(admin("/diff?from=0").read("$.total", Integer.class)).isEqualTo(1);
		assertThat(admin("/diff?from=1").<List<String>>read("$.changes[*].path")).containsExactly("domain.list",
				"domain.orders");
		DocumentContext difference = clerk("/diff?from=1", "margin");
		assertThat(difference.<List<String>>read("$.changes[*].path")).containsExactly("domain.list", "domain.orders");
		assertThat(difference.<List<String>>read("$.changes[*].after")).containsExactly("list, size=0", "map, size=1");
		assertThat(clerk("/diff?from=2", "margin").read("$.total", Integer.class)).isZero();
		assertThat(admin("/diff?from=2").<List<String>>read("$.changes[*].path"))
			.containsExactly("domain.orders.o-1.margin");
	}

	@Test
	void conflictsAndTicketsHaveThemForTheirRolesOnly() throws Exception {
		TheusEngine engine = start();
		ExecutorService other = Executors.newSingleThreadExecutor();
		try {
			engine.transact(TransactionOptions.named("first").withAttempts(2), (transaction) -> {
				transaction.upsert("domain.customers.hot", 0, (value) -> value + 1);
				if (engine.conflicts(1).refused() == 0) {
					CompletableFuture
						.runAsync(() -> engine.edit("by hand", (edit) -> edit.set("domain.customers.hot", 5)), other)
						.join();
				}
				return true;
			});
		}
		finally {
			other.shutdown();
		}
		assertThat(admin("/conflicts").<List<String>>read("$.topKeys[*].subject"))
			.containsExactly("domain.customers.hot");
		DocumentContext conflicts = clerk("/conflicts");
		assertThat(conflicts.<List<String>>read("$.topKeys")).isEmpty();
		assertThat(conflicts.read("$.totalKeys", Integer.class)).isZero();
		assertThat(conflicts.read("$.totalPairs", Integer.class)).isEqualTo(1);
	}

	@Test
	void processesAndSignalsHaveThemForTheirRolesOnly() throws Exception {
		TheusEngine engine = start();
		engine.execute("greet", "c-1");
		assertThat(admin("/processes").<List<String>>read("$.processes[0].inputs"))
			.containsExactly("domain.customers.{id}", "domain.orders");
		assertThat(admin("/processes").<List<String>>read("$.processes[0].missing.outputs"))
			.containsExactly("domain.customers.greeted");
		DocumentContext processes = clerk("/processes");
		assertThat(processes.<List<String>>read("$.processes[0].inputs")).containsExactly("domain.orders");
		assertThat(processes.<List<String>>read("$.processes[0].missing.outputs")).isEmpty();
		assertThat(admin("/signals").<List<String>>read("$.signals[*].topic")).containsExactly("sig_other",
				"sig_margin");
		assertThat(clerk("/signals", "sig_margin").<List<String>>read("$.signals[*].topic"))
			.containsExactly("sig_other");
		assertThat(clerk("/signals?topic=sig_margin").read("$.total", Integer.class)).isZero();
		assertThat(clerk("/history?limit=1").read("$.commits[0].signals", Integer.class)).isEqualTo(1);
	}

	@Test
	void whoMayNotKnowWhatACommitDidCannotUndoIt() throws Exception {
		TheusEngine engine = start();
		String body = EndpointApplication.request("version", "3", "reason", "r");
		EndpointApplication.assertRefused(this.application.as("clerk").post("/revert", body), 403,
				"commit version=3 cannot be undone by you: it has changed paths that are limited to other roles");
		assertThat(engine.state().version()).isEqualTo(3);
		assertThat(EndpointApplication.json(this.application.as("admin").post("/revert", body))
			.read("$.version", Integer.class)).isEqualTo(4);
	}

	@Test
	void nobodySeesThemWithoutALogin() throws Exception {
		start();
		this.application.as(null);
		assertThat(this.application.json("/state").read("$.content.domain", String.class)).isEqualTo("map, size=2");
	}

	@Test
	void nobodySeesThemWithoutSecurity() throws Exception {
		this.application = EndpointApplication.unsecured(Application.class, LIMITS);
		this.application.engine().edit("one", (edit) -> edit.set("domain.customers.c-1", Map.of("name", "Ann")));
		this.application.engine().edit("two", (edit) -> edit.set("domain.note", "n"));
		assertThat(this.application.json("/state?path=domain").<Object>read("$.content"))
			.isEqualTo(Map.of("note", "n"));
	}

	@Test
	void limitsThatMakeNoSenseFailTheStart() {
		refused("property 'theus.endpoints.paths[0]' is invalid: path 'domain.{id}' has placeholders, "
				+ "use '*' for any key: placeholders=[id]", "path=domain.{id}", "roles=ADMIN");
		refused("property 'theus.endpoints.paths[0]' is invalid: path 'domain.a' has no roles, "
				+ "name those who may see it", "path=domain.a");
		refused("property 'theus.endpoints.paths[0].path' is invalid: it is missing, give a path with '*' for any key",
				"roles=ADMIN");
		refused("property 'theus.endpoints.paths[0]' is invalid: pattern 'doman.a' is invalid: unknown layer 'doman', "
				+ "did you mean 'domain', a path begins with domain, global or local, position=0", "path=doman.a",
				"roles=ADMIN");
	}

	private static void refused(String problem, String... limit) {
		String[] properties = Arrays.stream(limit)
			.map((property) -> "--theus.endpoints.paths[0]." + property)
			.toArray(String[]::new);
		assertThatExceptionOfType(BeansException.class)
			.isThrownBy(() -> new EndpointApplication(Application.class, properties))
			.havingRootCause()
			.withMessage(problem);
	}

	record Order(int total, int margin) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Greetings greetings(ProcessContext state) {
			return new Greetings(state);
		}

	}

	static class Greetings {

		private final ProcessContext state;

		Greetings(ProcessContext state) {
			this.state = state;
		}

		@Process(inputs = { "domain.customers.{id}", "domain.orders" }, emits = { "sig_margin", "sig_other" })
		void greet(String id) {
			this.state.get("domain.customers." + id);
			this.state.set("domain.customers.greeted", Set.of(id));
			this.state.emit("sig_margin", 1);
			this.state.emit("sig_other", 2);
		}

	}

}
