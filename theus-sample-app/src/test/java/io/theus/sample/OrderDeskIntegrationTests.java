package io.theus.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import io.theus.engine.TheusEngine;
import io.theus.sample.order.Line;
import io.theus.sample.order.NewOrder;
import io.theus.sample.order.OrderPaths;
import io.theus.sample.order.OrderStatus;
import io.theus.sample.order.Orders;
import io.theus.sample.receiver.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(DevelopmentKafka.class)
class OrderDeskIntegrationTests {

	private static final List<Line> LINES = List.of(new Line("sku-1", 2, new BigDecimal("12.50")));

	private final HttpClient http = HttpClient.newHttpClient();

	@Autowired
	private TheusEngine engine;

	@Autowired
	private Orders orders;

	@Autowired
	private Receiver receiver;

	@LocalServerPort
	private int port;

	@Test
	void beanEngineAndWorkflowLeadOrdersToTheirInvoices() {
		this.orders.place(new NewOrder("by-bean", "customer-1", LINES));
		this.engine.execute("orders.place", new NewOrder("by-engine", "customer-2", LINES));
		for (String id : List.of("by-bean", "by-engine")) {
			this.engine.workflows().run("fulfil", Map.of("orderId", id));
			assertThat(this.engine.state().get(OrderPaths.status(id))).isEqualTo(OrderStatus.INVOICED);
			awaitMessage("orders", id);
			awaitMessage("invoices", id);
		}
	}

	@Test
	void orderPlacedOverHttpIsInvoicedAndSent() throws Exception {
		HttpResponse<String> placed = post("by-http", "customer-3");
		assertThat(placed.statusCode()).isEqualTo(201);
		assertThat(placed.body()).contains("\"status\":\"INVOICED\"", "\"total\":25.00");
		assertThat(get("/invoices/by-http").body()).contains("\"total\":25.00");
		awaitMessage("invoices", "by-http");
		assertThat(get("/received/invoices/by-http").statusCode()).isEqualTo(204);
	}

	@Test
	void secondOrderOfTheSameIdIsRefused() throws Exception {
		assertThat(post("twice", "customer-4").statusCode()).isEqualTo(201);
		long version = this.engine.state().version();
		HttpResponse<String> refused = post("twice", "customer-4");
		assertThat(refused.statusCode()).isEqualTo(409);
		assertThat(refused.body()).contains("an order of this id was placed before");
		assertThat(this.engine.state().version()).isGreaterThanOrEqualTo(version);
	}

	@Test
	void orderOfACustomerWithoutCreditIsRejected() throws Exception {
		assertThat(post("poor", "broke").body()).contains("\"status\":\"REJECTED\"");
		assertThat(get("/invoices/poor").statusCode()).isEqualTo(404);
	}

	@Test
	void orderWithoutLinesIsRefusedBeforeAnything() throws Exception {
		HttpResponse<String> refused = postBody("{\"id\":\"empty\",\"customer\":\"customer-5\",\"lines\":[]}");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(get("/orders/empty").statusCode()).isEqualTo(404);
	}

	@Test
	void orderOfAnUnknownCustomerIsRejected() throws Exception {
		assertThat(post("stranger", "nobody").body()).contains("\"status\":\"REJECTED\"");
	}

	@Test
	void goodMayBeCalledAsAZoneIs() throws Exception {
		HttpResponse<String> placed = postBody(
				"{\"id\":\"log_1\",\"customer\":\"customer-6\",\"lines\":[{\"sku\":\"log_7\",\"quantity\":1,\"price\":1}]}");
		assertThat(placed.body()).contains("\"status\":\"INVOICED\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "{\"sku\":\"sku-1\",\"quantity\":1}", "{\"sku\":\"\",\"quantity\":1,\"price\":1}",
			"{\"sku\":\"sku-1\",\"quantity\":-1,\"price\":1}",
			"{\"sku\":\"sku-1\",\"quantity\":1,\"price\":1e999999999}" })
	void wrongLineIsRefusedAndNamed(String line) throws Exception {
		HttpResponse<String> refused = postBody(
				"{\"id\":\"wrong\",\"customer\":\"customer-7\",\"lines\":[%s]}".formatted(line));
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).contains("lines[0]");
		assertThat(get("/orders/wrong").statusCode()).isEqualTo(404);
	}

	@Test
	void allThatIsMissingIsNamed() throws Exception {
		assertThat(postBody("{}").body())
			.contains("customer must not be blank, id must not be blank, lines must not be empty");
		assertThat(postBody("{bad").body()).contains("JSON parse error");
	}

	private void awaitMessage(String topic, String id) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.receiver.hasReceived(topic, id)).isTrue());
	}

	private HttpResponse<String> post(String id, String customer) throws IOException, InterruptedException {
		String body = """
				{"id":"%s","customer":"%s","lines":[{"sku":"sku-1","quantity":2,"price":12.50}]}""".formatted(id,
				customer);
		return postBody(body);
	}

	private HttpResponse<String> postBody(String body) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri("/orders"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(path)).GET());
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

}
