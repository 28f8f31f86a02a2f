package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
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

	private static final String SHOWN = "--management.endpoint.theus.show-values=always";

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

	private ConfigurableApplicationContext context;

	private void start(String... properties) {
		SpringApplication application = new SpringApplication(Application.class);
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off",
				"--management.endpoints.web.exposure.include=*", "--theus.outbox.enabled=false",
				"--theus.workflows.locations=", "--theus.workflows.definitions[0]=" + APPROVE,
				"--theus.workflows.definitions[1]=name: breaking\nsteps: [ fail ]",
				"--spring.autoconfigure.exclude=org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"));
		arguments.addAll(List.of(properties));
		this.context = application.run(arguments.toArray(String[]::new));
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void runsAreListedTheLastOneFirst() throws Exception {
		start();
		Run first = waiting("o-1");
		Run second = waiting("o-2");
		Run broken = workflows().start("breaking");
		assertThat(broken.await(Duration.ofSeconds(10))).isTrue();
		DocumentContext all = json(get(""));
		assertThat(all.read("$.total", Integer.class)).isEqualTo(3);
		assertThat(all.<List<String>>read("$.runs[*].id")).containsExactly(broken.id(), second.id(), first.id());
		assertThat(Duration.parse(all.read("$.runs[0].elapsed", String.class))).isPositive();
		assertThat(all.<List<String>>read("$.runs[*].state")).containsExactly("FAILED", "WAITING", "WAITING");
		assertThat(json(get("?offset=1&limit=1")).<List<String>>read("$.runs[*].id")).containsExactly(second.id());
		assertThat(json(get("?workflow=breaking")).<List<String>>read("$.runs[*].id")).containsExactly(broken.id());
		assertThat(json(get("?state=waiting")).read("$.total", Integer.class)).isEqualTo(2);
		assertThat(json(get("?state=WAITING_IO")).<List<String>>read("$.runs")).isEmpty();
		assertThat(json(get("?workflow=approve&key=o-1")).<List<String>>read("$.runs[*].id"))
			.containsExactly(first.id());
	}

	@Test
	void runShowsWhereItIsWithoutWhatItWasGiven() throws Exception {
		start();
		Run run = waiting("secret-1");
		HttpResponse<String> answer = get("/" + run.id());
		DocumentContext shown = json(answer);
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
		assertThat(json(get("/" + run.id() + "?limit=1&offset=1")).<List<String>>read("$.history.visits[*].step"))
			.containsExactly("reserve");
	}

	@Test
	void valuesAreShownThroughSanitizingFunctionsAndPrivateOnesNever() throws Exception {
		start(SHOWN, WRITABLE);
		DocumentContext started = json(post("", request("workflow", "approve", "key", "o-1", "inputs", """
				{ "id": "o-1", "details":
				  { "count": 2, "password": "p4ss", "internal_note": "hidden", "tags": [ "a" ] } }
				""")));
		assertThat(started.read("$.key", String.class)).isEqualTo("o-1");
		String id = started.read("$.id", String.class);
		await().until(() -> workflows().find(id).orElseThrow().state() == RunState.WAITING);
		DocumentContext shown = json(get("/" + id));
		assertThat(shown.<Map<String, Object>>read("$.inputs"))
			.isEqualTo(Map.of("id", "o-1", "details", Map.of("count", 2, "password", "******", "tags", List.of("a"))));
		assertThat(shown.read("$.results.reserve", String.class)).isEqualTo("reserved o-1");
	}

	@Test
	void runIsStartedOnceUnderAKeyAndSignalled() throws Exception {
		start(WRITABLE, SHOWN);
		String body = request("workflow", "approve", "key", "o-1", "inputs", request("id", "o-1"));
		String id = json(post("", body)).read("$.id", String.class);
		assertThat(json(post("", body)).read("$.id", String.class)).isEqualTo(id);
		assertThat(
				json(post("/" + id + "/signal", request("topic", "cmd_approve", "payload", "{ \"by\": [ \"me\" ] }")))
					.read("$.id", String.class))
			.isEqualTo(id);
		Run run = workflows().find("approve", "o-1").orElseThrow();
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		assertThat(run.state()).isEqualTo(RunState.COMPLETED);
		assertThat(run.results()).containsEntry("approval", Map.of("by", List.of("me")));
	}

	@Test
	void parametersOfTheAddressDoAsWell() throws Exception {
		start(WRITABLE);
		json(post("?workflow=approve&key=o-7&inputs=%7B%22id%22:%22o-7%22%7D", null));
		Run run = workflows().find("approve", "o-7").orElseThrow();
		await().until(() -> run.state() == RunState.WAITING);
		json(post("/" + run.id() + "/signal?topic=cmd_approve&payload=true", null));
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		assertThat(run.result()).isEqualTo(true);
	}

	@Test
	void runIsPausedResumedAndCancelled() throws Exception {
		start(WRITABLE);
		Run run = waiting("o-1");
		json(post("/" + run.id() + "/pause", null));
		assertThat(run.state()).isEqualTo(RunState.PAUSED);
		json(post("/" + run.id() + "/resume", "{}"));
		assertThat(run.state()).isEqualTo(RunState.WAITING);
		refused(post("/" + run.id() + "/resume", null), 409,
				"run '" + run.id() + "' of workflow 'approve' cannot be resumed: state=WAITING, pause it first");
		json(post("/" + run.id() + "/cancel", null));
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		assertThat(run.state()).isEqualTo(RunState.CANCELLED);
		for (String action : List.of("pause", "resume", "cancel")) {
			assertThat(post("/" + run.id() + "/" + action, null).statusCode()).isEqualTo(409);
		}
		refused(post("/" + run.id() + "/signal", request("topic", "cmd_approve")), 409, "run '" + run.id()
				+ "' of workflow 'approve' cannot take a signal: state=CANCELLED, it must not have ended");
	}

	@Test
	void incidentIsShownAndResolved() throws Exception {
		start(WRITABLE, SHOWN);
		Run run = waiting("stuck");
		json(post("/" + run.id() + "/cancel", null));
		await().until(() -> run.state() == RunState.INCIDENT);
		DocumentContext shown = json(get("/" + run.id()));
		assertThat(shown.<Map<String, Object>>read("$.incident"))
			.isEqualTo(Map.of("step", "reserve", "process", "orders.release", "error",
					Map.of("type", "java.lang.IllegalStateException", "message", "stuck is stuck")));
		refused(post("/" + run.id() + "/resolve", null), 400,
				"'resolution' is missing, choose one: known=[retry, skip, fail]");
		refused(post("/" + run.id() + "/resolve", request("resolution", "skipp")), 400,
				"resolution 'skipp' is unknown, did you mean 'skip', known=[retry, skip, fail]");
		assertThat(run.state()).isEqualTo(RunState.INCIDENT);
		json(post("/" + run.id() + "/resolve", request("resolution", "skip")));
		await().until(() -> run.state() == RunState.CANCELLED);
		refused(post("/" + run.id() + "/resolve", request("resolution", "skip")), 409, "run '" + run.id()
				+ "' of workflow 'approve' cannot be resolved: state=CANCELLED, there must be an incident");
	}

	@Test
	void errorOfARunIsShownToThoseWhoSeeValues() throws Exception {
		start();
		Run run = workflows().start("breaking");
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		assertThat(json(get("/" + run.id())).<Map<String, Object>>read("$.error"))
			.isEqualTo(Map.of("type", "java.lang.IllegalStateException", "message", "******"));
	}

	@Test
	void whatCannotBeStartedIsRefusedWithTheReason() throws Exception {
		start(WRITABLE);
		refused(post("", "{}"), 400, "'workflow' is missing, name the workflow to start: known=[approve, breaking]");
		refused(post("", request("workflow", "aprove")), 400,
				"workflow 'aprove' not found, did you mean 'approve', known=[approve, breaking]");
		refused(post("", request("workflow", "approve")), 400,
				"input 'id' of workflow 'approve' is invalid: it is missing and has no default, expected=text, pass it at the start");
		refused(post("", request("workflow", "approve", "inputs", request("idd", "o-1"))), 400,
				"input 'idd' of workflow 'approve' is invalid: the workflow has no such input, did you mean 'id', known=[id, details]");
		refused(post("", request("workflow", "approve", "inputs", "{ \"id\": 5 }")), 400,
				"input 'id' of workflow 'approve' is invalid: the type does not fit, expected=text, actual=java.lang.Integer, pass another value");
		refused(post("", request("workflow", "approve", "inputs", "[ 1 ]")), 400,
				"'inputs' cannot be read: actual=[ 1 ], pass a JSON object with the inputs by name, as text");
		refused(post("", request("workflow", "approve", "inputs", "{ id: 1")), 400,
				"'inputs' cannot be read: actual={ id: 1, pass JSON as text, and a text in quotes of its own");
		refused(post("", request("workflow", "breaking", "key", " ")), 400,
				"the key of a run is empty, give it a text or start it without");
		assertThat(post("", "{ \"workflow\": ").statusCode()).isEqualTo(400);
		assertThat(workflows().runs()).isEmpty();
	}

	@Test
	void whatIsWrongIsExplained() throws Exception {
		start(WRITABLE);
		Run run = waiting("o-1");
		refused(get("/nobody"), 404,
				"run 'nobody' not found, of the runs that have ended only the last ones are kept: list what there is");
		refused(post("/nobody/cancel", null), 404,
				"run 'nobody' not found, of the runs that have ended only the last ones are kept: list what there is");
		refused(post("/" + run.id() + "/cancle", null), 400,
				"action 'cancle' is unknown, did you mean 'cancel', known=[signal, pause, resume, cancel, resolve]");
		refused(post("/" + run.id() + "/signal", null), 400,
				"'topic' is missing, name the topic of the signal: awaited=[cmd_approve]");
		assertThat(post("/" + run.id() + "/signal", request("topic", "a b")).statusCode()).isEqualTo(400);
		refused(post("/" + run.id() + "/signal", request("topic", "cmd_approve", "payload", "yes")), 400,
				"'payload' cannot be read: actual=yes, pass JSON as text, and a text in quotes of its own");
		refused(post("/" + run.id() + "/signal", request("topic", "cmd_approve", "payload", "1, 2")), 400,
				"'payload' cannot be read: actual=1, 2, pass one JSON value as text");
		refused(get("?state=waitin"), 400,
				"state 'waitin' is unknown, did you mean 'waiting', known=[pending, running, "
						+ "waiting-io, waiting, paused, incident, completed, failed, cancelled]");
		refused(get("?workflow=aprove"), 400,
				"workflow 'aprove' not found, did you mean 'approve', known=[approve, breaking]");
		refused(get("?limit=0"), 400,
				"page is out of bounds: offset=0 limit=0, use offset >= 0 and 1 <= limit <= 1000");
		assertThat(run.state()).isEqualTo(RunState.WAITING);
	}

	@Test
	void nothingIsStartedWhereTheEngineIsClosed() throws Exception {
		start(WRITABLE);
		this.context.getBean(TheusEngine.class).close();
		refused(post("", request("workflow", "breaking")), 503,
				"workflow 'breaking' was not started: the engine is closed, start it before");
	}

	@Test
	void endpointIsReadOnlyUnlessAccessIsGranted() throws Exception {
		start();
		Run run = waiting("o-1");
		assertThat(post("", request("workflow", "breaking")).statusCode()).isEqualTo(405);
		assertThat(post("/" + run.id() + "/cancel", null).statusCode()).isIn(404, 405);
		assertThat(run.state()).isEqualTo(RunState.WAITING);
		assertThat(workflows().runs()).containsExactly(run);
	}

	@Test
	void planOfAWorkflowIsShown() throws Exception {
		start();
		DocumentContext workflow = json(send("/../workflows/approve", "GET", null));
		assertThat(workflow.<List<String>>read("$.plan[*].id")).containsExactly("reserve", "approval");
		assertThat(workflow.<List<String>>read("$.plan[*].kind")).containsExactly("process", "wait");
		assertThat(workflow.read("$.plan[1].facts.signal", String.class)).isEqualTo("cmd_approve");
	}

	private Workflows workflows() {
		return this.context.getBean(TheusEngine.class).workflows();
	}

	private Run waiting(String key) {
		Run run = workflows().start("approve", Map.of("id", key), key);
		await().until(() -> run.state() == RunState.WAITING);
		return run;
	}

	private static void refused(HttpResponse<String> answer, int status, String problem) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(JsonPath.parse(answer.body()).read("$.problem", String.class)).isEqualTo(problem);
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(path, "GET", null);
	}

	private HttpResponse<String> post(String path, @Nullable String body) throws IOException, InterruptedException {
		return send(path, "POST", body);
	}

	private HttpResponse<String> send(String path, String method, @Nullable String body)
			throws IOException, InterruptedException {
		String port = this.context.getEnvironment().getProperty("local.server.port");
		URI uri = URI.create("http://localhost:" + port + "/actuator/theus/runs" + path).normalize();
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri)
				.header("Content-Type", "application/json")
				.method(method,
						(body != null) ? HttpRequest.BodyPublishers.ofString(body)
								: HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	// Texts by name, as JSON
	private static String request(String... entries) {
		Map<String, String> request = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			request.put(entries[i], entries[i + 1]);
		}
		return JsonPath.parse(request).jsonString();
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
				.csrf(AbstractHttpConfigurer::disable)
				.build();
		}

		@Bean
		SanitizingFunction passwords() {
			return SanitizingFunction.sanitizeValue().ifKeyContains("password");
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
