package io.theus.sample.order;

import io.theus.MapPath;
import io.theus.StatePath;
import io.theus.path.Path;

/**
 * Where orders are in the state.
 *
 * @since 0.1.0
 */
public final class OrderPaths {

	/**
	 * All orders by identity.
	 */
	public static final MapPath<String, Order> ORDERS = MapPath.of("domain.orders", String.class, Order.class);

	private OrderPaths() {
	}

	/**
	 * Where the status of an order is.
	 * @param orderId the identity of the order
	 * @return the path
	 */
	public static StatePath<OrderStatus> status(String orderId) {
		return StatePath.of(Path.of("domain.orders", orderId, "status"), OrderStatus.class);
	}

	/**
	 * Where the number of picked lines of an order is.
	 * @param orderId the identity of the order
	 * @return the path
	 */
	public static StatePath<Integer> picked(String orderId) {
		return StatePath.of(Path.of("domain.orders", orderId, "picked"), Integer.class);
	}

}
