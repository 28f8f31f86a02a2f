package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.DocumentContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.run.Workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Operates runs of a running application over HTTP.
 */
class RunsEndpointTests {

	private static final String WRITABLE = "--management.endpoint.theusruns.access=unrestricted";

	private static final String APPROVE = """
			name: approve
			inputs:
			  id: text
			  details: { type: map, default: null }
			steps:
			  - process: reserve
			    compensate: release
			  - flux: wait
			    id: approval
			    signal: cmd_approve
			""";

	private EndpointApplication application;

	private void start(String... properties) {
		List<String> all = new ArrayList<>(List.of("--theus.workflows.definitions[0]=" + APPROVE,
				"--theus.workflows.definitions[1]=name: breaking\nsteps: [ fail ]"));
		all.addAll(List.of(properties));
		this.application = new EndpointApplication(Application.class, all.toArray(String[]::new));
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void runsAreListedTheLastOneFirst() throws Exception {
		start();
		Run first = waiting("o-1");
		Run second = waiting("o-2");
		Run broken = workflows().start("breaking");
		assertThat(broken.await(Duration.ofSeconds(10))).isTrue();
		DocumentContext all = EndpointApplication.json(get(""));
		assertThat(all.read("$.total", Integer.class)).isEqualTo(3);
		assertThat(all.<List<String>>read("$.runs[*].id")).containsExactly(broken.id(), second.id(), first.id());
		assertThat(Duration.parse(all.read("$.runs[0].elapsed", String.class))).isPositive();
		assertThat(all.<List<String>>read("$.runs[*].state")).containsExactly("FAILED", "WAITING", "WAITING");
		assertThat(EndpointApplication.json(get("?offset=1&limit=1")).<List<String>>read("$.runs[*].id"))
			.containsExactly(second.id());
		assertThat(EndpointApplication.json(get("?workflow=breaking")).<List<String>>read("$.runs[*].id"))
			.containsExactly(broken.id());
		assertThat(EndpointApplication.json(get("?state=waiting")).read("$.total", Integer.class)).isEqualTo(2);
		assertThat(EndpointApplication.json(get("?state=WAITING_IO")).<List<String>>read("$.runs")).isEmpty();
		assertThat(EndpointApplication.json(get("?workflow=approve&key=o-1")).<List<String>>read("$.runs[*].id"))
			.containsExactly(first.id());
	}

	@Test
	void runShowsWhereItIsWithoutWhatItWasGiven() throws Exception {
		start();
		Run run = waiting("secret-1");
		HttpResponse<String> answer = get("/" + run.id());
		DocumentContext shown = EndpointApplication.json(answer);
		assertThat(shown.read("$.workflow", String.class)).isEqualTo("approve");
		assertThat(shown.read("$.state", String.class)).isEqualTo("WAITING");
		assertThat(shown.<List<String>>read("$.awaitedSignals")).containsExactly("cmd_approve");
		assertThat(shown.read("$.history.total", Integer.class)).isEqualTo(2);
		assertThat(shown.<List<String>>read("$.history.visits[*].step")).containsExactly("approval", "reserve");
		assertThat(shown.<List<String>>read("$.history.visits[*].outcome")).containsExactly("WAITING", "COMPLETED");
		assertThat(shown.read("$.mermaid", String.class)).startsWith("flowchart").contains("classDef waiting");
		assertThat(shown.read("$.inputs.id", String.class)).isEqualTo("******");
		assertThat(shown.read("$.results.reserve", String.class)).isEqualTo("******");
		assertThat(answer.body()).doesNotContain("secret-1");
		assertThat(EndpointApplication.json(get("/" + run.id() + "?limit=1&offset=1"))
			.<List<String>>read("$.history.visits[*].step")).containsExactly("reserve");
	}

	@Test
	void valuesAreShownThroughSanitizingFunctionsAndPrivateOnesNever() throws Exception {
		start(EndpointApplication.SHOW_VALUES, WRITABLE);
		DocumentContext started = EndpointApplication
			.json(post("", EndpointApplication.request("workflow", "approve", "key", "o-1", "inputs", """
					{ "id": "o-1", "details":
					  { "count": 2, "password": "p4ss", "internal_note": "hidden", "tags": [ "a" ] } }
					""")));
		assertThat(started.read("$.key", String.class)).isEqualTo("o-1");
		String id = started.read("$.id", String.class);
		await().until(() -> workflows().find(id).orElseThrow().state() == RunState.WAITING);
		DocumentContext shown = EndpointApplication.json(get("/" + id));
		assertThat(shown.<Map<String, Object>>read("$.inputs"))
			.isEqualTo(Map.of("id", "o-1", "details", Map.of("count", 2, "password", "******", "tags", List.of("a"))));
		assertThat(shown.read("$.results.reserve", String.class)).isEqualTo("reserved o-1");
	}

	@Test
	void runIsStartedOnceUnderAKeyAndSignalled() throws Exception {
		start(WRITABLE, EndpointApplication.SHOW_VALUES);
		String body = EndpointApplication.request("workflow", "approve", "key", "o-1", "inputs",
				EndpointApplication.request("id", "o-1"));
		String id = EndpointApplication.json(post("", body)).read("$.id", String.class);
		assertThat(EndpointApplication.json(post("", body)).read("$.id", String.class)).isEqualTo(id);
		assertThat(EndpointApplication
			.json(post("/" + id + "/signal",
					EndpointApplication.request("topic", "cmd_approve", "payload", "{ \"by\": [ \"me\" ] }")))
			.read("$.id", String.class)).isEqualTo(id);
		Run run = workflows().find("approve", "o-1").orElseThrow();
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		assertThat(run.state()).isEqualTo(RunState.COMPLETED);
		assertThat(run.results()).containsEntry("approval", Map.of("by", List.of("me")));
	}

	@Test
	void parametersOfTheAddressDoAsWell() throws Exception {
		start(WRITABLE);
		EndpointApplication.json(post("?workflow=approve&key=o-7&inputs=%7B%22id%22:%22o-7%22%7D", null));
		Run run = workflows().find("approve", "o-7").orElseThrow();
		await().until(() -> run.state() == RunState.WAITING);
		EndpointApplication.json(post("/" + run.id() + "/signal?topic=cmd_approve&payload=true", null));
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		assertThat(run.result()).isEqualTo(true);
	}

	@Test
	void runIsPausedResumedAndCancelled() throws Exception {
		start(WRITABLE);
		Run run = waiting("o-1");
		EndpointApplication.json(post("/" + run.id() + "/pause", null));
		assertThat(run.state()).isEqualTo(RunState.PAUSED);
		EndpointApplication.json(post("/" + run.id() + "/resume", "{}"));
		assertThat(run.state()).isEqualTo(RunState.WAITING);
		EndpointApplication.assertRefused(post("/" + run.id() + "/resume", null), 409,
				"run '" + run.id() + "' of workflow 'approve' cannot be resumed: state=WAITING, pause it first");
		EndpointApplication.json(post("/" + run.id() + "/cancel", null));
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		assertThat(run.state()).isEqualTo(RunState.CANCELLED);
		for (String action : List.of("pause", "resume", "cancel")) {
			assertThat(post("/" + run.id() + "/" + action, null).statusCode()).isEqualTo(409);
		}
		EndpointApplication.assertRefused(
				post("/" + run.id() + "/signal", EndpointApplication.request("topic", "cmd_approve")), 409,
				"run '" + run.id()
						+ "' of workflow 'approve' cannot take a signal: state=CANCELLED, it must not have ended");
	}

	@Test
	void incidentIsShownAndResolved() throws Exception {
		start(WRITABLE, EndpointApplication.SHOW_VALUES);
		Run run = waiting("stuck");
		EndpointApplication.json(post("/" + run.id() + "/cancel", null));
		await().until(() -> run.state() == RunState.INCIDENT);
		DocumentContext shown = EndpointApplication.json(get("/" + run.id()));
		assertThat(shown.<Map<String, Object>>read("$.incident"))
			.isEqualTo(Map.of("step", "reserve", "process", "orders.release", "error",
					Map.of("type", "java.lang.IllegalStateException", "message", "stuck is stuck")));
		EndpointApplication.assertRefused(post("/" + run.id() + "/resolve", null), 400,
				"'resolution' is missing, choose one: known=[retry, skip, fail]");
		EndpointApplication.assertRefused(
				post("/" + run.id() + "/resolve", EndpointApplication.request("resolution", "skipp")), 400,
				"resolution 'skipp' is unknown, did you mean 'skip', known=[retry, skip, fail]");
		assertThat(run.state()).isEqualTo(RunState.INCIDENT);
		EndpointApplication.json(post("/" + run.id() + "/resolve", EndpointApplication.request("resolution", "skip")));
		await().until(() -> run.state() == RunState.CANCELLED);
		EndpointApplication.assertRefused(
				post("/" + run.id() + "/resolve", EndpointApplication.request("resolution", "skip")), 409,
				"run '" + run.id()
						+ "' of workflow 'approve' cannot be resolved: state=CANCELLED, there must be an incident");
	}

	@Test
	void errorOfARunIsShownToThoseWhoSeeValues() throws Exception {
		start();
		Run run = workflows().start("breaking");
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		assertThat(EndpointApplication.json(get("/" + run.id())).<Map<String, Object>>read("$.error"))
			.isEqualTo(Map.of("type", "java.lang.IllegalStateException", "message", "******"));
	}

	@Test
	void whatCannotBeStartedIsRefusedWithTheReason() throws Exception {
		start(WRITABLE);
		EndpointApplication.assertRefused(post("", "{}"), 400,
				"'workflow' is missing, name the workflow to start: known=[approve, breaking]");
		EndpointApplication.assertRefused(post("", EndpointApplication.request("workflow", "aprove")), 400,
				"workflow 'aprove' not found, did you mean 'approve', known=[approve, breaking]");
		EndpointApplication.assertRefused(post("", EndpointApplication.request("workflow", "approve")), 400,
				"input 'id' of workflow 'approve' is invalid: it is missing and has no default, expected=text, pass it at the start");
		EndpointApplication.assertRefused(
				post("", EndpointApplication.request("workflow", "approve", "inputs",
						EndpointApplication.request("idd", "o-1"))),
				400,
				"input 'idd' of workflow 'approve' is invalid: the workflow has no such input, did you mean 'id', known=[id, details]");
		EndpointApplication.assertRefused(
				post("", EndpointApplication.request("workflow", "approve", "inputs", "{ \"id\": 5 }")), 400,
				"input 'id' of workflow 'approve' is invalid: the type does not fit, expected=text, actual=java.lang.Integer, pass another value");
		EndpointApplication.assertRefused(
				post("", EndpointApplication.request("workflow", "approve", "inputs", "[ 1 ]")), 400,
				"'inputs' cannot be read: length=5, pass a JSON object with the inputs by name, as text");
		EndpointApplication.assertRefused(
				post("", EndpointApplication.request("workflow", "approve", "inputs", "{ id: 1")), 400,
				"'inputs' cannot be read: length=7, pass JSON as text, and a text in quotes of its own");
		EndpointApplication.assertRefused(post("", EndpointApplication.request("workflow", "breaking", "key", " ")),
				400, "the key of a run is empty, give it a text or start it without");
		assertThat(post("", "{ \"workflow\": ").statusCode()).isEqualTo(400);
		assertThat(workflows().runs()).isEmpty();
	}

	@Test
	void whatIsWrongIsExplained() throws Exception {
		start(WRITABLE);
		Run run = waiting("o-1");
		EndpointApplication.assertRefused(get("/nobody"), 404,
				"run 'nobody' not found, of the runs that have ended only the last ones are kept: list what there is");
		EndpointApplication.assertRefused(post("/nobody/cancel", null), 404,
				"run 'nobody' not found, of the runs that have ended only the last ones are kept: list what there is");
		EndpointApplication.assertRefused(post("/" + run.id() + "/cancle", null), 400,
				"action 'cancle' is unknown, did you mean 'cancel', known=[signal, pause, resume, cancel, resolve]");
		EndpointApplication.assertRefused(post("/" + run.id() + "/signal", null), 400,
				"'topic' is missing, name the topic of the signal: awaited=[cmd_approve]");
		assertThat(post("/" + run.id() + "/signal", EndpointApplication.request("topic", "a b")).statusCode())
			.isEqualTo(400);
		EndpointApplication.assertRefused(
				post("/" + run.id() + "/signal", EndpointApplication.request("topic", "cmd_approve", "payload", "yes")),
				400, "'payload' cannot be read: length=3, pass JSON as text, and a text in quotes of its own");
		EndpointApplication.assertRefused(
				post("/" + run.id() + "/signal",
						EndpointApplication.request("topic", "cmd_approve", "payload", "1, 2")),
				400, "'payload' cannot be read: length=4, pass one JSON value as text");
		EndpointApplication.assertRefused(get("?state=waitin"), 400,
				"state 'waitin' is unknown, did you mean 'waiting', known=[pending, running, "
						+ "waiting-io, waiting, paused, incident, completed, failed, cancelled]");
		EndpointApplication.assertRefused(get("?workflow=aprove"), 400,
				"workflow 'aprove' not found, did you mean 'approve', known=[approve, breaking]");
		EndpointApplication.assertRefused(get("?limit=0"), 400, "'limit' is out of bounds: actual=0, use 1 to 1000");
		assertThat(run.state()).isEqualTo(RunState.WAITING);
	}

	@Test
	void nothingIsStartedWhereTheEngineIsClosed() throws Exception {
		start(WRITABLE);
		this.application.engine().close();
		EndpointApplication.assertRefused(post("", EndpointApplication.request("workflow", "breaking")), 503,
				"workflow 'breaking' was not started: the engine is closed, start it before");
	}

	@Test
	void endpointIsReadOnlyUnlessAccessIsGranted() throws Exception {
		start();
		Run run = waiting("o-1");
		assertThat(post("", EndpointApplication.request("workflow", "breaking")).statusCode()).isEqualTo(405);
		assertThat(post("/" + run.id() + "/cancel", null).statusCode()).isIn(404, 405);
		assertThat(run.state()).isEqualTo(RunState.WAITING);
		assertThat(workflows().runs()).containsExactly(run);
	}

	@Test
	void planOfAWorkflowIsShown() throws Exception {
		start();
		DocumentContext workflow = this.application.json("/workflows/approve");
		assertThat(workflow.<List<String>>read("$.plan[*].id")).containsExactly("reserve", "approval");
		assertThat(workflow.<List<String>>read("$.plan[*].kind")).containsExactly("process", "wait");
		assertThat(workflow.read("$.plan[1].facts.signal", String.class)).isEqualTo("cmd_approve");
	}

	private Workflows workflows() {
		return this.application.engine().workflows();
	}

	private Run waiting(String key) {
		Run run = workflows().start("approve", Map.of("id", key), key);
		await().until(() -> run.state() == RunState.WAITING);
		return run;
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.application.get("/runs" + path);
	}

	private HttpResponse<String> post(String path, @Nullable String body) throws IOException, InterruptedException {
		return this.application.post("/runs" + path, body);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Orders orders(ProcessContext state) {
			return new Orders(state);
		}

	}

	static class Orders {

		private final ProcessContext state;

		Orders(ProcessContext state) {
			this.state = state;
		}

		@Process(outputs = "domain.orders.{id}")
		String reserve(String id) {
			this.state.set("domain.orders." + id, "reserved");
			return "reserved " + id;
		}

		@Process(outputs = "domain.orders.{id}")
		void release(String id) {
			if (id.equals("stuck")) {
				throw new IllegalStateException(id + " is stuck");
			}
			this.state.set("domain.orders." + id, "released");
		}

		@Process
		void fail() {
			throw new IllegalStateException("broken");
		}

	}

}
