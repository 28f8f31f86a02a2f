package io.theus.spring.outbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.outbox.MessageFormat;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.RelayUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(30)
class HttpOutboxRelayTests {

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final CountDownLatch held = new CountDownLatch(1);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<HttpOutboxRelay> relays = new ArrayList<>();

	private HttpServer server;

	private String base;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
		this.base = "http://localhost:" + this.server.getAddress().getPort();
	}

	private void answer(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().toString();
		byte[] body = exchange.getRequestBody().readAllBytes();
		this.requests.add(new Request(exchange.getRequestMethod(), path, exchange.getRequestHeaders(),
				new String(body, StandardCharsets.UTF_8)));
		if (path.endsWith("/slow")) {
			try {
				this.held.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		exchange.getResponseHeaders().set("Location", this.base + "/elsewhere");
		exchange.sendResponseHeaders(path.matches(".*/\\d+") ? Integer.parseInt(path.replaceAll(".*/", "")) : 202, -1);
		exchange.close();
	}

	@AfterEach
	void stop() {
		this.held.countDown();
		this.relays.forEach(HttpOutboxRelay::close);
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	@Test
	void messageIsPostedWithItsHeaders() throws Exception {
		send(relay("/in/{topic}", MessageFormat.plain()), message("orders", "Käse 1", Map.of("language", "de")));
		Request request = this.requests.get(0);
		assertThat(request.method).isEqualTo("POST");
		assertThat(request.path).isEqualTo("/in/orders");
		assertThat(request.body).isEqualTo("{\"a\":1}");
		assertThat(request.header("theus-message-id")).isEqualTo("m-1");
		assertThat(request.header("theus-commit")).isEqualTo("7");
		assertThat(request.header("theus-message-key")).isEqualTo("K%C3%A4se%201");
		assertThat(request.header("content-type")).isEqualTo("application/json");
		assertThat(request.header("language")).isEqualTo("de");
	}

	@Test
	void eventHasItsAttributesAsHeaders() throws Exception {
		send(relay("/in", MessageFormat.cloudEvents("/shop")),
				message("orders", "a b", Map.of("ce_type", "org.example.\"Plac%d\"", "baggage", "a=b%20c, d=ä")));
		Request request = this.requests.get(0);
		assertThat(request.header("ce-specversion")).isEqualTo("1.0");
		assertThat(request.header("ce-id")).isEqualTo("m-1");
		assertThat(request.header("ce-source")).isEqualTo("/shop");
		assertThat(request.header("ce-type")).isEqualTo("org.example.%22Plac%25d%22");
		assertThat(request.header("ce-subject")).isEqualTo("a%20b");
		assertThat(request.header("ce-time")).isEqualTo("2026-01-02T03:04:05Z");
		assertThat(request.header("baggage")).isEqualTo("a=b%20c, d=%C3%A4");
	}

	@Test
	void topicHasAUrlOfItsOwn() throws Exception {
		HttpOutboxRelay relay = relay(
				new HttpDestinations(this.base + "/rest/{topic}", Map.of("orders", this.base + "/special"),
						Map.of("Authorization", "Bearer t"), Duration.ofSeconds(5), 2));
		send(relay, message("orders", null, Map.of()));
		send(relay, message("invoices", null, Map.of()));
		assertThat(this.requests).extracting((request) -> request.path).containsExactly("/special", "/rest/invoices");
		assertThat(this.requests).extracting((request) -> request.header("authorization")).containsOnly("Bearer t");
		assertThat(this.requests.get(0).header("theus-message-key")).isNull();
	}

	@Test
	void topicWithoutAUrlIsRefused() {
		HttpOutboxRelay relay = relay(
				new HttpDestinations(null, Map.of("orders", this.base), Map.of(), Duration.ofSeconds(5), 2));
		assertThatIllegalArgumentException().isThrownBy(() -> relay.send(message("invoices", null, Map.of())))
			.withMessage("topic 'invoices' has no URL: known=[orders], give it one or set a URL for all topics");
	}

	@Test
	void onlySuccessIsDelivery() {
		for (int status : new int[] { 302, 400, 404, 500 }) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(
					() -> send(relay("/status/" + status, MessageFormat.plain()), message("orders", null, Map.of())))
				.withMessageContaining("was not accepted: status=" + status + ", expected 2xx from " + this.base);
		}
		assertThat(this.requests).extracting((request) -> request.path).doesNotContain("/elsewhere");
	}

	@Test
	void destinationThatIsAwayIsNoFaultOfTheMessage() {
		for (int status : new int[] { 429, 503 }) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(
					() -> send(relay("/status/" + status, MessageFormat.plain()), message("orders", null, Map.of())))
				.withCauseInstanceOf(RelayUnavailableException.class);
		}
		String away = this.base;
		this.server.stop(0);
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> send(relay("/in?token=t", MessageFormat.plain()), message("orders", null, Map.of())))
			.withCauseInstanceOf(RelayUnavailableException.class)
			.havingCause()
			.withMessageStartingWith("no connection to " + away + "/in: error=java.net.ConnectException");
	}

	@Test
	void slowDestinationIsAFailureAndHoldsUpNoOther() throws Exception {
		HttpOutboxRelay relay = relay(
				new HttpDestinations(this.base + "/{topic}", Map.of(), Map.of(), Duration.ofSeconds(2), 2));
		CompletableFuture<?> slow = relay.send(message("slow", null, Map.of())).toCompletableFuture();
		send(relay, message("orders", null, Map.of()));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(slow::get)
			.withMessageContaining("HttpTimeoutException");
	}

	private HttpOutboxRelay relay(String path, MessageFormat format) {
		HttpOutboxRelay relay = new HttpOutboxRelay(
				new HttpDestinations(this.base + path, Map.of(), Map.of(), Duration.ofSeconds(5), 2), format);
		this.relays.add(relay);
		return relay;
	}

	private HttpOutboxRelay relay(HttpDestinations destinations) {
		HttpOutboxRelay relay = new HttpOutboxRelay(destinations, MessageFormat.plain());
		this.relays.add(relay);
		return relay;
	}

	private static void send(HttpOutboxRelay relay, OutboxMessage message) throws Exception {
		relay.send(message).toCompletableFuture().get();
	}

	private static OutboxMessage message(String topic, String key, Map<String, String> headers) {
		return OutboxMessage
			.of("m-1", topic, key, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), "application/json", headers)
			.withCommit(7, Instant.parse("2026-01-02T03:04:05Z"));
	}

	private record Request(String method, String path, Headers headers, String body) {

		String header(String name) {
			return this.headers.getFirst(name);
		}

	}

}
