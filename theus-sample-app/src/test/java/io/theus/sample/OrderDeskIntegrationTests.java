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
import io.theus.run.Run;
import io.theus.sample.order.Line;
import io.theus.sample.order.NewOrder;
import io.theus.sample.order.Order;
import io.theus.sample.order.OrderPaths;
import io.theus.sample.order.OrderStatus;
import io.theus.sample.order.Orders;
import io.theus.sample.parcel.Parcels;
import io.theus.sample.receiver.Receiver;
import io.theus.sample.stock.Stock;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(DevelopmentKafka.class)
class OrderDeskIntegrationTests {

	private static final List<Line> LINES = List.of(new Line("sku-1", 2, new BigDecimal("12.50")));

	private static final Duration PATIENCE = Duration.ofSeconds(30);

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
	void beanAndEngineStartTheRunsThatLeadOrdersToTheirInvoices() throws Exception {
		this.orders.place(new NewOrder("by-bean", "customer-1", LINES));
		this.engine.execute("orders.place", new NewOrder("by-engine", "customer-2", LINES));
		for (String id : List.of("by-bean", "by-engine")) {
			assertThat(run(id).await(PATIENCE)).isTrue();
			assertThat(status(id)).isEqualTo(OrderStatus.INVOICED);
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
	void orderThatTheAuditRefusesLeavesATraceInItsTrailOnly() throws Exception {
		HttpResponse<String> refused = postBody(
				"{\"id\":\"gross\",\"customer\":\"customer-5\",\"lines\":[{\"sku\":\"sku-4\",\"quantity\":20000,\"price\":1}]}");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(get("/orders/gross").statusCode()).isEqualTo(404);
		assertThat(get("/actuator/theus/audit").body()).contains("nobody orders that much of one thing")
			.doesNotContain("gross");
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

	@Test
	void expensiveOrderWaitsForItsApproval() throws Exception {
		assertThat(postExpensive("approved").body()).contains("\"status\":\"AWAITING_APPROVAL\"");
		assertThat(get("/orders/approved/run").body()).contains("\"WAITING\"", "cmd_approve");
		assertThat(answer("approved", true).statusCode()).isEqualTo(202);
		assertThat(run("approved").await(PATIENCE)).isTrue();
		assertThat(status("approved")).isEqualTo(OrderStatus.INVOICED);
		assertThat(this.engine.state().contains(Parcels.PARCELS, "approved")).isTrue();
		assertThat(get("/orders/approved/run").body()).contains("\"COMPLETED\"", "\"invoice COMPLETED\"");
	}

	@Test
	void orderThatSomebodyDeclinesIsRejected() throws Exception {
		postExpensive("declined");
		answer("declined", false);
		assertThat(run("declined").await(PATIENCE)).isTrue();
		assertThat(get("/orders/declined").body()).contains("\"status\":\"REJECTED\"");
		assertThat(get("/invoices/declined").statusCode()).isEqualTo(404);
	}

	@Test
	void orderThatNobodyAnswersForIsRejected() throws Exception {
		Order order = new Order("ignored", "customer-8", List.of(new Line("sku-1", 1, BigDecimal.valueOf(5000))), 0,
				OrderStatus.PLACED, null);
		this.engine.transact((tx) -> {
			tx.create(OrderPaths.ORDERS, order.id(), order);
			tx.start("fulfil", order.id(), Map.of("orderId", order.id(), "patience", "20ms"));
			return null;
		});
		assertThat(run("ignored").await(PATIENCE)).isTrue();
		assertThat(status("ignored")).isEqualTo(OrderStatus.REJECTED);
		assertRefused(answer("ignored", true), 409, "order 'ignored' waits for no approval: status=REJECTED");
	}

	@Test
	void answersThatNobodyWaitsForAreRefused() throws Exception {
		assertRefused(answer("unknown", true), 404, "there is no 'domain.orders.unknown");
		post("cheap", "customer-9");
		assertRefused(answer("cheap", true), 409, "order 'cheap' waits for no approval: status=INVOICED");
		postExpensive("eager");
		assertThat(answer("eager", true).statusCode()).isEqualTo(202);
		assertRefused(answer("eager", false), 409, "order 'eager' was answered before: approved=true by=ann");
		assertThat(run("eager").await(PATIENCE)).isTrue();
		assertThat(status("eager")).isEqualTo(OrderStatus.INVOICED);
		assertRefused(postBody("/orders/eager/approval", "{}"), 400, "approved must not be null, by must not be blank");
	}

	@Test
	void whatWasDoneForAnOrderThatNoCourierTakesIsUndone() throws Exception {
		BigDecimal before = credit("customer-40");
		HttpResponse<String> placed = postBody("/orders", """
				{"id":"heavy","customer":"customer-40","lines":[
				 {"sku":"bricks","quantity":101,"price":1},{"sku":"mortar","quantity":5,"price":1}]}""");
		assertThat(placed.body()).contains("\"status\":\"CANCELLED\"", "\"picked\":0");
		assertThat(credit("customer-40")).isEqualByComparingTo(before);
		assertThat(this.engine.state().get(Stock.SHELVES, "bricks")).isZero();
		assertThat(this.engine.state().get(Stock.SHELVES, "mortar")).isZero();
		assertThat(get("/invoices/heavy").statusCode()).isEqualTo(404);
		assertThat(get("/orders/heavy/run").body()).contains("\"FAILED\"",
				"no courier takes the parcel of order 'heavy': pieces=106 limit=100, split the order",
				"\"charge COMPENSATED\"", "\"price COMPENSATED\"");
	}

	@Test
	void orderIsCancelledAsLongAsItIsOnItsWay() throws Exception {
		postExpensive("regretted");
		HttpResponse<String> cancelled = postBody("/orders/regretted/cancellation", "");
		assertThat(cancelled.statusCode()).isEqualTo(200);
		assertThat(cancelled.body()).contains("\"status\":\"CANCELLED\"");
		assertRefused(postBody("/orders/regretted/cancellation", ""), 409, "status=CANCELLED");
		assertRefused(answer("regretted", true), 409, "order 'regretted' waits for no approval: status=CANCELLED");
		assertRefused(postBody("/orders/unknown/cancellation", ""), 404, "there is no 'domain.orders.unknown'");
	}

	private Run run(String id) {
		return this.engine.workflows().find("fulfil", id).orElseThrow();
	}

	private OrderStatus status(String id) {
		return this.engine.state().get(OrderPaths.status(id));
	}

	private BigDecimal credit(String customer) {
		return this.engine.state().get("domain.customers." + customer + ".balance", BigDecimal.class);
	}

	private static void assertRefused(HttpResponse<String> response, int status, String why) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).contains(why);
	}

	private HttpResponse<String> answer(String id, boolean approved) throws IOException, InterruptedException {
		return postBody("/orders/" + id + "/approval", "{\"approved\":%s,\"by\":\"ann\"}".formatted(approved));
	}

	@Test
	void productOfMatricesIsTheSameByOneHandAndByMany() throws Exception {
		HttpResponse<String> computed = postBody("/matrices?size=120&blocks=3", "");
		assertThat(computed.statusCode()).isEqualTo(200);
		assertThat(computed.body()).contains("\"size\":120", "\"blocks\":3", "\"where\":\"threads\"");
		assertThat(get("/matrices/product").body()).contains("\"key\":\"product\"", "\"shape\":[120,120]");
		assertThat(get("/actuator/theus/heavy").body()).contains(":product", ":left", ":right", "\"PUBLISHED\":3");
		assertThat(this.engine.heavy().segments()).hasSize(3);
	}

	@Test
	void matricesOfNoSizeAreRefused() throws Exception {
		HttpResponse<String> refused = postBody("/matrices?size=0&blocks=65", "");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).contains("blocks must be less than or equal to 64",
				"size must be greater than or equal to 1");
	}

	private HttpResponse<String> postExpensive(String id) throws IOException, InterruptedException {
		return postBody("/orders", """
				{"id":"%s","customer":"customer-8","lines":[{"sku":"sku-2","quantity":1,"price":1000.01}]}"""
			.formatted(id));
	}

	private void awaitMessage(String topic, String id) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.receiver.hasReceived(topic, id)).isTrue());
	}

	private HttpResponse<String> post(String id, String customer) throws IOException, InterruptedException {
		String body = """
				{"id":"%s","customer":"%s","lines":[{"sku":"sku-1","quantity":2,"price":12.50}]}""".formatted(id,
				customer);
		return postBody(body);
	}

	private HttpResponse<String> postBody(String body) throws IOException, InterruptedException {
		return postBody("/orders", body);
	}

	private HttpResponse<String> postBody(String path, String body) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(path))
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
