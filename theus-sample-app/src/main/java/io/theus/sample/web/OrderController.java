package io.theus.sample.web;

import java.util.Map;
import java.util.stream.Collectors;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.theus.engine.TheusEngine;
import io.theus.sample.invoice.Invoice;
import io.theus.sample.invoice.Invoices;
import io.theus.sample.order.NewOrder;
import io.theus.sample.order.Order;
import io.theus.sample.order.OrderPaths;
import io.theus.sample.order.Orders;
import io.theus.sample.receiver.Receiver;
import io.theus.state.NoSuchPathException;
import io.theus.state.PathExistsException;

/**
 * Takes orders and shows what became of them.
 */
@RestController
@RequestMapping
class OrderController {

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
	Order place(@Valid @RequestBody NewOrder order) {
		this.orders.place(order);
		this.engine.workflows().run("fulfil", Map.of("orderId", order.id()));
		return this.engine.state().get(OrderPaths.ORDERS, order.id());
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

	// Names the fields but repeats nothing that was sent, as Spring's own answer and log
	// line would
	@ExceptionHandler
	ProblemDetail invalid(MethodArgumentNotValidException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				ex.getFieldErrors()
					.stream()
					.map((error) -> error.getField() + " " + error.getDefaultMessage())
					.sorted()
					.collect(Collectors.joining(", ")));
	}

	@ExceptionHandler
	ProblemDetail absent(NoSuchPathException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "there is no such thing at this desk");
	}

	@ExceptionHandler
	ProblemDetail duplicate(PathExistsException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "an order of this id was placed before");
	}

}
