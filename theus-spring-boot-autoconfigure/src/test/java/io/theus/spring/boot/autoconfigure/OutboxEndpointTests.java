package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

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
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

import io.theus.engine.TheusEngine;
import io.theus.outbox.MessageFilter;
import io.theus.outbox.MessageState;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Operates the outbox of a running application over HTTP.
 */
class OutboxEndpointTests {

	private static final String WRITABLE = "--management.endpoint.theusoutbox.access=unrestricted";

	private static final String SHOWN = "--management.endpoint.theus.show-values=always";

	private ConfigurableApplicationContext context;

	private void start(String... properties) {
		SpringApplication application = new SpringApplication(Application.class);
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off",
				"--management.endpoints.web.exposure.include=*", "--theus.outbox.max-attempts=1",
				"--theus.outbox.drain-timeout=0s", "--theus.workflows.locations=",
				"--management.endpoint.health.show-details=always",
				"--spring.autoconfigure.exclude=org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"));
		arguments.addAll(List.of(properties));
		this.context = application.run(arguments.toArray(String[]::new));
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void messagesAreListedByStateTopicAndKeyWithoutWhatTheyCarry() throws Exception {
		start();
		sendDead("orders", "p4ss-1");
		sendDead("orders", "p4ss-2");
		send("invoices", "p4ss-3");
		await().until(() -> outbox().status().sent() == 1);
		HttpResponse<String> answer = get("");
		DocumentContext all = json(answer);
		assertThat(all.read("$.total", Integer.class)).isEqualTo(2);
		assertThat(all.read("$.status.dead", Integer.class)).isEqualTo(2);
		assertThat(all.read("$.status.paused", Boolean.class)).isFalse();
		assertThat(all.read("$.status.lastError", String.class)).isEqualTo("******");
		assertThat(all.<List<String>>read("$.messages[*].state")).containsExactly("DEAD", "DEAD");
		assertThat(all.<List<String>>read("$.messages[*].key")).containsExactly("******", "******");
		assertThat(all.<Map<String, String>>read("$.messages[0].headers")).isEqualTo(Map.of("token", "******"));
		assertThat(all.read("$.messages[0].lastError", String.class)).isEqualTo("******");
		assertThat(all.read("$.messages[0].attempts", Integer.class)).isEqualTo(1);
		assertThat(all.read("$.messages[0].contentType", String.class)).isEqualTo("text/plain;charset=utf-8");
		String id = all.read("$.messages[1].id", String.class);
		assertThat(json(get("?offset=1&limit=1")).<List<String>>read("$.messages[*].id")).containsExactly(id);
		assertThat(json(get("?topic=orders&key=p4ss-2")).<List<String>>read("$.messages[*].id")).containsExactly(id);
		assertThat(json(get("?state=sent")).<List<String>>read("$.messages[*].topic")).containsExactly("invoices");
		assertThat(json(get("?state=pending")).read("$.total", Integer.class)).isZero();
		HttpResponse<String> one = get("/" + id);
		assertThat(json(one).read("$.id", String.class)).isEqualTo(id);
		assertThat(answer.body() + one.body()).doesNotContain("p4ss", "t0ken", "s3cret", "refused");
	}

	@Test
	void keysHeadersAndErrorsAreShownThroughSanitizingFunctions() throws Exception {
		start(SHOWN);
		sendDead("orders", "o-1");
		HttpResponse<String> answer = get("");
		DocumentContext shown = json(answer);
		assertThat(shown.read("$.messages[0].key", String.class)).isEqualTo("o-1");
		assertThat(shown.read("$.messages[0].lastError", String.class))
			.isEqualTo("java.lang.IllegalStateException: refused");
		assertThat(shown.<Map<String, String>>read("$.messages[0].headers")).isEqualTo(Map.of("token", "******"));
		assertThat(answer.body()).doesNotContain("t0ken", "s3cret");
	}

	@Test
	void oneMessageIsReplayed() throws Exception {
		start(WRITABLE);
		String id = sendDead("orders", "o-1");
		relay().refused.clear();
		assertThat(json(post("/" + id + "/replay", "{}")).read("$.id", String.class)).isEqualTo(id);
		await().until(() -> relay().delivered.contains("o-1"));
		await().until(() -> outbox().status().held() == 0);
		assertThat(json(get("/" + id)).read("$.state", String.class)).isEqualTo("SENT");
		assertThat(json(get("/" + id)).read("$.ended", String.class)).isNotNull();
	}

	@Test
	void manyMessagesAreReplayed() throws Exception {
		start(WRITABLE);
		sendDead("orders", "o-1");
		sendDead("orders", "o-2");
		sendDead("invoices", "i-1");
		relay().refused.clear();
		DocumentContext done = json(post("/replay", "{ \"topic\": \"orders\", \"state\": \"dead\" }"));
		assertThat(done.read("$.count", Integer.class)).isEqualTo(2);
		await().until(() -> relay().delivered.equals(Set.of("o-1", "o-2")));
		assertThat(json(post("/replay", "{}")).read("$.count", Integer.class)).isEqualTo(1);
		await().until(() -> relay().delivered.contains("i-1"));
	}

	@Test
	void messagesAreDiscardedForAReason() throws Exception {
		start(WRITABLE);
		String id = sendDead("orders", "o-1");
		sendDead("invoices", "i-1");
		assertRefused(post("/" + id + "/discard", "{}"), 400, "'reason' is missing, say why messages are discarded");
		assertRefused(post("/discard", "{ \"reason\": \"test\" }"), 400,
				"'state', 'topic' and 'key' are missing, say which messages to discard");
		DocumentContext discarded = json(post("/" + id + "/discard", "{ \"reason\": \"nobody waits\" }"));
		assertThat(discarded.read("$.state", String.class)).isEqualTo("DISCARDED");
		assertThat(discarded.read("$.reason", String.class)).isEqualTo("nobody waits");
		assertThat(
				json(post("/discard", "{ \"state\": \"dead\", \"reason\": \"all\" }")).read("$.count", Integer.class))
			.isEqualTo(1);
		assertThat(json(get("?state=discarded")).<List<String>>read("$.messages[*].reason"))
			.containsExactly("nobody waits", "all");
		assertThat(outbox().status().held()).isZero();
	}

	@Test
	void deliveryIsPausedAndResumed() throws Exception {
		start(WRITABLE);
		assertThat(json(post("/pause", "{}")).read("$.status.paused", Boolean.class)).isTrue();
		send("orders", "o-1");
		assertThat(health().read("$.components.theus.details.outbox.state", String.class)).isEqualTo("paused");
		assertThat(health().read("$.components.theus.details.outbox.pending", Integer.class)).isEqualTo(1);
		assertRefused(post("/pause", "{}"), 409, "outbox cannot be paused: paused=true, resume it first");
		assertThat(json(post("/resume", "{}")).read("$.status.paused", Boolean.class)).isFalse();
		await().until(() -> relay().delivered.contains("o-1"));
		assertRefused(post("/resume", "{}"), 409, "outbox cannot be resumed: paused=false, pause it first");
	}

	@Test
	void whatCannotBeDoneIsRefused() throws Exception {
		start(WRITABLE);
		String id = sendDead("orders", "o-1");
		post("/" + id + "/discard", "{ \"reason\": \"test\" }");
		assertRefused(post("/" + id + "/replay", "{}"), 409,
				"message '" + id + "' cannot be replayed: state=DISCARDED, discarding is final");
		assertRefused(post("/unknown/replay", "{}"), 404, "message 'unknown' not found, of those that were sent or "
				+ "discarded only the last ones are kept: list what there is");
		assertThat(get("/unknown").statusCode()).isEqualTo(404);
		assertRefused(post("/replays", "{}"), 400,
				"action 'replays' is unknown, did you mean 'replay', known=[replay, discard, pause, resume]");
		assertRefused(post("/" + id + "/pause", "{}"), 400, "action 'pause' is unknown, known=[replay, discard]");
		assertThat(get("?state=odd").statusCode()).isEqualTo(400);
		assertThat(get("?limit=0").statusCode()).isEqualTo(400);
	}

	@Test
	void deadMessagesShowInHealth() throws Exception {
		start("--theus.outbox.max-pending=2");
		sendDead("orders", "o-1");
		assertThat(health().read("$.components.theus.status", String.class)).isEqualTo("UP");
		assertThat(health().read("$.components.theus.details.outbox.dead", Integer.class)).isEqualTo(1);
		assertThat(health().read("$.components.theus.details.outbox.state", String.class))
			.isEqualTo("delivering, but messages are dead: replay or discard them");
		sendDead("orders", "o-2");
		assertThat(health().read("$.components.theus.status", String.class)).isEqualTo("DOWN");
		assertThat(health().read("$.components.theus.details.outbox.state", String.class))
			.isEqualTo("full, dead messages take room: replay or discard them");
	}

	@Test
	void endpointIsReadOnlyUnlessAccessIsGranted() throws Exception {
		start();
		String id = sendDead("orders", "o-1");
		assertThat(post("/pause", "{}").statusCode()).isEqualTo(405);
		assertThat(post("/" + id + "/replay", "{}").statusCode()).isEqualTo(404);
		assertThat(get("").statusCode()).isEqualTo(200);
		assertThat(outbox().status().paused()).isFalse();
	}

	private String sendDead(String topic, String key) {
		relay().refused.add(key);
		send(topic, key);
		await().until(() -> outbox().count(MessageFilter.in(MessageState.DEAD).to(topic).withKey(key)) == 1);
		return outbox().messages(MessageFilter.all().to(topic).withKey(key), 0, 1).get(0).message().id();
	}

	private void send(String topic, String key) {
		this.context.getBean(TheusEngine.class).transact((transaction) -> {
			transaction.outbox().send(topic, key, "s3cret", Map.of("token", "t0ken"));
			return true;
		});
	}

	private Outbox outbox() {
		return this.context.getBean(TheusEngine.class).outbox();
	}

	private Refusing relay() {
		return this.context.getBean(Refusing.class);
	}

	private static void assertRefused(HttpResponse<String> answer, int status, String problem) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(JsonPath.parse(answer.body()).read("$.problem", String.class)).isEqualTo(problem);
	}

	private static DocumentContext json(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JsonPath.parse(answer.body());
	}

	private DocumentContext health() throws IOException, InterruptedException {
		return JsonPath.parse(send(request("/actuator/health").GET()).body());
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(request("/actuator/theus/outbox" + path).GET());
	}

	private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
		return send(request("/actuator/theus/outbox" + path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private HttpRequest.Builder request(String path) {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * Refuses messages with some keys.
	 */
	static class Refusing implements OutboxRelay {

		private final Set<String> refused = ConcurrentHashMap.newKeySet();

		private final Set<String> delivered = ConcurrentHashMap.newKeySet();

		@Override
		public String name() {
			return "refusing";
		}

		@Override
		public CompletableFuture<Object> send(OutboxMessage message) {
			if (this.refused.contains(message.key())) {
				throw new IllegalStateException("refused");
			}
			this.delivered.add(message.key());
			return CompletableFuture.completedFuture(null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Refusing relay() {
			return new Refusing();
		}

		@Bean
		SanitizingFunction tokens() {
			return SanitizingFunction.sanitizeValue().ifKeyContains("token");
		}

		@Bean
		SecurityFilterChain open(HttpSecurity http) {
			return http.csrf(AbstractHttpConfigurer::disable)
				.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.build();
		}

	}

}
