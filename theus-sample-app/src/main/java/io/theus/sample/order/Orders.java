package io.theus.sample.order;

import java.util.Map;

import jakarta.validation.Valid;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.state.PathExistsException;

/**
 * Takes orders in.
 *
 * @since 0.1.0
 */
@Component
@Validated
public class Orders {

	private final ProcessContext state;

	Orders(ProcessContext state) {
		this.state = state;
	}

	/**
	 * Take an order in. An order of the same identity is refused. The run that leads it
	 * on is part of the commit: there is no order without one.
	 * @param order the order
	 * @return the order as the state holds it
	 */
	@Process(outputs = "domain.orders.{order.id}", sends = "orders", starts = "fulfil",
			errors = PathExistsException.class)
	public Order place(@Valid NewOrder order) {
		Order placed = new Order(order.id(), order.customer(), order.lines(), 0, OrderStatus.PLACED, null);
		this.state.create(OrderPaths.ORDERS, order.id(), placed);
		this.state.outbox().send("orders", order.id(), placed);
		this.state.start("fulfil", order.id(), Map.of("orderId", order.id()));
		return placed;
	}

	/**
	 * Take an order on.
	 * @param orderId its identity
	 */
	@Process(outputs = "domain.orders.{orderId}.status")
	public void accept(String orderId) {
		this.state.set(OrderPaths.status(orderId), OrderStatus.ACCEPTED);
	}

	/**
	 * Refuse an order.
	 * @param orderId its identity
	 */
	@Process(outputs = "domain.orders.{orderId}.status")
	public void reject(String orderId) {
		this.state.set(OrderPaths.status(orderId), OrderStatus.REJECTED);
	}

	/**
	 * Give an order up.
	 * @param orderId its identity
	 */
	@Process(outputs = "domain.orders.{orderId}.status")
	public void cancel(String orderId) {
		this.state.set(OrderPaths.status(orderId), OrderStatus.CANCELLED);
	}

}
