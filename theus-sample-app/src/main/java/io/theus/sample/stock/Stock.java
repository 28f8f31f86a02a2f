package io.theus.sample.stock;

import org.springframework.stereotype.Component;

import io.theus.MapPath;
import io.theus.ProcessContext;
import io.theus.annotation.Input;
import io.theus.annotation.Process;
import io.theus.sample.order.Line;
import io.theus.sample.order.Order;
import io.theus.sample.order.OrderPaths;

/**
 * Takes what was ordered from the shelves. Popular goods are where orders meet: two
 * orders that take the same thing at the same time conflict, and one of them runs again.
 *
 * @since 0.1.0
 */
@Component
public class Stock {

	/**
	 * How many of each good are on the shelves; below zero they are on order.
	 */
	public static final MapPath<String, Long> SHELVES = MapPath.of("domain.stock", String.class, Long.class);

	private final ProcessContext state;

	Stock(ProcessContext state) {
		this.state = state;
	}

	/**
	 * Pick the next line of an order.
	 * @param orderId the identity of the order
	 * @param order the order, supplied from the state
	 */
	@Process(updates = { "domain.orders.{orderId}.picked", "domain.stock.*" })
	public void pickLine(String orderId, @Input("domain.orders.{orderId}") Order order) {
		Line line = order.lines().get(order.picked());
		long quantity = line.quantity();
		this.state.upsert(SHELVES, line.sku(), -quantity, (left) -> left - quantity);
		this.state.set(OrderPaths.picked(orderId), order.picked() + 1);
	}

	/**
	 * Put the line that was picked last back.
	 * @param orderId the identity of the order
	 * @param order the order, supplied from the state
	 */
	@Process(updates = { "domain.orders.{orderId}.picked", "domain.stock.*" })
	public void putBack(String orderId, @Input("domain.orders.{orderId}") Order order) {
		int last = order.picked() - 1;
		long quantity = order.lines().get(last).quantity();
		this.state.upsert(SHELVES, order.lines().get(last).sku(), quantity, (left) -> left + quantity);
		this.state.set(OrderPaths.picked(orderId), last);
	}

}
