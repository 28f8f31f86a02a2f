package io.theus.sample.web;

import java.time.Duration;
import java.util.Optional;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.theus.engine.TheusEngine;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.sample.invoice.Invoice;
import io.theus.sample.invoice.Invoices;
import io.theus.sample.order.NewOrder;
import io.theus.sample.order.Order;
import io.theus.sample.order.OrderPaths;
import io.theus.sample.order.Orders;
import io.theus.sample.receiver.Receiver;

/**
 * Takes orders and shows what became of them.
 */
@RestController
@RequestMapping
class OrderController {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final TheusEngine engine;

	private final Orders orders;

	private final Receiver receiver;

	OrderController(TheusEngine engine, Orders orders, Receiver receiver) {
		this.engine = engine;
		this.orders = orders;
		this.receiver = receiver;
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.CREATED)
	Order place(@Valid @RequestBody NewOrder order) throws InterruptedException {
		this.orders.place(order);
		Optional<Run> run = this.engine.workflows().find("fulfil", order.id());
		if (run.isPresent()) {
			awaitRest(run.get());
		}
		return order(order.id());
	}

	// Most orders are through at once. For one that waits for its approval nobody waits
	// here
	private static void awaitRest(Run run) throws InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		boolean ended = false;
		while (!ended && run.state() != RunState.WAITING && System.nanoTime() < end) {
			ended = run.await(Duration.ofMillis(20));
		}
	}

	@GetMapping("/orders/{id}")
	Order order(@PathVariable String id) {
		return this.engine.state().get(OrderPaths.ORDERS, id);
	}

	@GetMapping("/invoices/{id}")
	Invoice invoice(@PathVariable String id) {
		return this.engine.state().get(Invoices.INVOICES, id);
	}

	// Whether the message of an order has come back from Kafka
	@GetMapping("/received/{topic}/{id}")
	ResponseEntity<Void> received(@PathVariable String topic, @PathVariable String id) {
		return this.receiver.hasReceived(topic, id) ? ResponseEntity.noContent().build()
				: ResponseEntity.notFound().build();
	}

}
