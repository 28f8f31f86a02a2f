package io.theus.spring.boot.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.DocumentContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import io.theus.engine.TheusEngine;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks a running application for its state and history over HTTP, and undoes commits.
 */
class StateEndpointTests {

	private static final String WRITABLE = "--management.endpoint.theus.access=unrestricted";

	private EndpointApplication application;

	private void start(String... properties) {
		this.application = new EndpointApplication(Application.class, properties);
		TheusEngine engine = this.application.engine();
		engine.edit("place", (edit) -> edit.set("domain.orders.o-1", new Order("o-1", 3, "secret")));
		engine.edit("test", (edit) -> edit.set("domain.internal_key", "hidden"));
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void stateShowsKeysAndMasksValuesUnlessToldOtherwise() throws Exception {
		start();
		assertThat(this.application.json("/state").<Map<String, Object>>read("$.content"))
			.containsExactly(Map.entry("domain", "map, size=1"));
		assertThat(this.application.json("/state?path=domain.orders").<Map<String, Object>>read("$.content"))
			.isEqualTo(Map.of("o-1", Map.of("id", "******", "count", "******", "password", "******")));
		assertThat(this.application.json("/state?path=domain.orders.o-1.count").read("$.content", String.class))
			.isEqualTo("******");
	}

	@Test
	void stateShowsValuesThroughSanitizingFunctions() throws Exception {
		start(EndpointApplication.SHOW_VALUES);
		DocumentContext state = this.application.json("/state?path=domain");
		assertThat(state.read("$.version", Integer.class)).isEqualTo(2);
		assertThat(state.read("$.kind", String.class)).isEqualTo("map");
		assertThat(state.<Map<String, Object>>read("$.content"))
			.isEqualTo(Map.of("orders", Map.of("o-1", "record, size=3")));
		assertThat(this.application.json("/state?path=domain.orders").<Map<String, Object>>read("$.content"))
			.isEqualTo(Map.of("o-1", Map.of("id", "o-1", "count", 3, "password", "******")));
	}

	@Test
	void privateValuesAreNeverShown() throws Exception {
		start(EndpointApplication.SHOW_VALUES);
		assertThat(this.application.get("/state?path=domain.internal_key").statusCode()).isEqualTo(404);
		assertThat(this.application.get("/state?path=domain").body()).doesNotContain("internal_key")
			.doesNotContain("hidden");
	}

	@Test
	void valuesAreMaskedForThoseWhoAreNotAuthorized() throws Exception {
		start("--management.endpoint.theus.show-values=when-authorized", "--management.endpoint.theus.roles=ADMIN");
		this.application.as("admin");
		assertThat(this.application.json("/state?path=domain.orders.o-1.id").read("$.content", String.class))
			.isEqualTo("o-1");
		this.application.as("clerk");
		assertThat(this.application.json("/state?path=domain.orders.o-1.id").read("$.content", String.class))
			.isEqualTo("******");
	}

	@Test
	void historyAndDifferencesAreToldWithoutSecrets() throws Exception {
		start();
		TheusEngine engine = this.application.engine();
		long before = engine.state().version();
		engine.edit("by hand", (edit) -> {
			edit.set("domain.note", "top secret");
			edit.set("domain.internal_note", "hidden");
			edit.set("domain.map", Map.of("internal_note", "hidden"));
		});
		DocumentContext history = this.application.json("/history?limit=1");
		assertThat(history.read("$.total", Integer.class)).isEqualTo((int) before + 1);
		assertThat(history.read("$.commits[0].origin", String.class)).isEqualTo("edit 'by hand'");
		assertThat(history.<List<String>>read("$.commits[0].changed")).containsExactlyInAnyOrder("domain.note",
				"domain.map");
		assertThat(this.application.json("/history?path=domain.note").read("$.total", Integer.class)).isEqualTo(1);
		DocumentContext diff = this.application.json("/diff?from=" + before);
		assertThat(diff.<List<String>>read("$.changes[?(@.path=='domain.note')].after")).containsExactly("******");
		assertThat(diff.<List<String>>read("$.changes[?(@.path=='domain.map')].after")).containsExactly("map, size=0");
		assertThat(this.application.get("/diff?from=" + before).body()).doesNotContain("secret")
			.doesNotContain("hidden");
	}

	@Test
	void conflictsNameTheCulprit() throws Exception {
		start();
		TheusEngine engine = this.application.engine();
		engine.transact(TransactionOptions.named("first").withAttempts(2), (transaction) -> {
			transaction.upsert("domain.hot", 0, (value) -> value + 1);
			if (engine.conflicts(1).refused() == 0) {
				CompletableFuture.runAsync(() -> engine.edit("by hand", (edit) -> edit.set("domain.hot", 5))).join();
			}
			return true;
		});
		DocumentContext conflicts = this.application.json("/conflicts");
		assertThat(conflicts.read("$.refused", Integer.class)).isEqualTo(1);
		assertThat(conflicts.read("$.topKeys[0].subject", String.class)).isEqualTo("domain.hot");
		assertThat(conflicts.read("$.topPairs[0].subject", String.class))
			.isEqualTo("transaction 'first' <- edit 'by hand'");
		assertThat(conflicts.read("$.topPairs[0].count", Integer.class)).isEqualTo(1);
		assertThat(conflicts.<List<String>>read("$.line")).isEmpty();
	}

	@Test
	void earlierVersionsAreShown() throws Exception {
		start(EndpointApplication.SHOW_VALUES, "--theus.history.versions=2");
		TheusEngine engine = this.application.engine();
		engine.edit("change", (edit) -> edit.set("domain.orders.o-1.count", 4));
		DocumentContext earlier = this.application.json("/state?path=domain.orders.o-1.count&at=2");
		assertThat(earlier.read("$.content", Integer.class)).isEqualTo(3);
		assertThat(earlier.read("$.version", Integer.class)).isEqualTo(2);
		assertThat(this.application.json("/state?path=domain.orders.o-1.count").read("$.content", Integer.class))
			.isEqualTo(4);
		assertThat(this.application.json("/state?at=2").read("$.content.domain", String.class))
			.isEqualTo("map, size=1");
		EndpointApplication.assertRefused(this.application.get("/state?at=0"), 404,
				"version is not kept: version=0 oldest=2 newest=3, use one between or raise theus.history.versions");
		EndpointApplication.assertRefused(this.application.get("/state?at=9"), 404,
				"version is not kept: version=9 oldest=2 newest=3, use one between or raise theus.history.versions");
		EndpointApplication.assertRefused(this.application.get("/diff?from=9"), 404,
				"version is not kept: version=9 oldest=2 newest=3, use one between or raise theus.history.versions");
	}

	@Test
	void badQuestionsAreExplained() throws Exception {
		start();
		EndpointApplication.assertRefused(this.application.get("/state?path=domain.nothing"), 404,
				"path 'domain.nothing' not found in version 2, begin with what lies above it");
		EndpointApplication.assertRefused(this.application.get("/state?path=doman.orders"), 400,
				"path 'doman.orders' is invalid: unknown layer 'doman', did you mean 'domain', "
						+ "a path begins with domain, global or local, position=0");
		EndpointApplication.assertRefused(this.application.get("/state?at=first"), 400,
				"'at' is not a whole number: actual=first, use 0 or more");
		EndpointApplication.assertRefused(this.application.get("/state?at=-1"), 400,
				"'at' is out of bounds: actual=-1, use 0 or more");
		EndpointApplication.assertRefused(this.application.get("/diff"), 400,
				"'from' is missing, name the version to begin with, and with 'to' the one to end with unless the newest is meant");
		EndpointApplication.assertRefused(this.application.get("/diff?from=1&to=x"), 400,
				"'to' is not a whole number: actual=x, use 0 or more");
		assertThat(this.application.get("/history?path=domain..x").statusCode()).isEqualTo(400);
	}

	@Test
	void commitIsUndone() throws Exception {
		start(WRITABLE);
		TheusEngine engine = this.application.engine();
		engine.edit("wrong", (edit) -> edit.set("domain.note", "wrong"));
		DocumentContext undone = EndpointApplication.json(this.application.post("/revert",
				EndpointApplication.request("version", "3", "reason", "it was wrong")));
		assertThat(undone.<Map<String, Object>>read("$")).isEqualTo(Map.of("reverted", 3, "version", 4));
		assertThat(engine.state().contains("domain.note")).isFalse();
		assertThat(this.application.json("/history?limit=1").read("$.commits[0].origin", String.class))
			.isEqualTo("revert 'it was wrong'");
	}

	@Test
	void commitIsNotUndoneWhereItCannotBe() throws Exception {
		start(WRITABLE);
		TheusEngine engine = this.application.engine();
		engine.edit("one", (edit) -> edit.set("domain.note", 1));
		engine.edit("two", (edit) -> edit.set("domain.note", 2));
		EndpointApplication.assertRefused(
				this.application.post("/revert", EndpointApplication.request("version", "3", "reason", "r")), 409,
				"commit version=3 cannot be undone: conflict on 'domain.note' in revert 'r': "
						+ "changed by edit 'two' in commit version=4 after snapshot version=3, undo what came after it first");
		EndpointApplication.assertRefused(this.application.post("/revert", EndpointApplication.request("reason", "r")),
				400, "'version' is missing, name the commit to undo");
		EndpointApplication.assertRefused(
				this.application.post("/revert", EndpointApplication.request("version", "three", "reason", "r")), 400,
				"'version' is not a whole number: actual=three, use 1 or more");
		EndpointApplication.assertRefused(this.application.post("/revert", EndpointApplication.request("version", "3")),
				400, "'reason' is missing, say why the commit is undone");
		EndpointApplication.assertRefused(
				this.application.post("/revert", EndpointApplication.request("version", "3", "reason", " ")), 400,
				"'reason' is missing, say why the commit is undone");
		EndpointApplication.assertRefused(
				this.application.post("/revert", EndpointApplication.request("version", "99", "reason", "r")), 404,
				"version is not kept: version=99 oldest=0 newest=4, use one between or raise theus.history.versions");
		EndpointApplication.assertRefused(
				this.application.post("/reverse", EndpointApplication.request("version", "3", "reason", "r")), 404,
				"action 'reverse' not found, did you mean 'revert', known=[revert, resume]");
		assertThat(engine.state().version()).isEqualTo(4);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	record Order(String id, int count, String password) {

	}

}
