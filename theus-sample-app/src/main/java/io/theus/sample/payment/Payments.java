package io.theus.sample.payment;

import java.math.BigDecimal;
import java.util.Objects;

import org.springframework.stereotype.Component;

import io.theus.ProcessContext;
import io.theus.StatePath;
import io.theus.annotation.Input;
import io.theus.annotation.Process;
import io.theus.path.Path;
import io.theus.sample.order.Order;
import io.theus.sample.order.OrderPaths;
import io.theus.sample.order.OrderStatus;

/**
 * Takes payments from the credit of customers.
 *
 * @since 0.1.0
 */
@Component
public class Payments {

	private final ProcessContext state;

	Payments(ProcessContext state) {
		this.state = state;
	}

	/**
	 * Pay for an order.
	 * @param orderId the identity of the order
	 * @param order the order, supplied from the state
	 * @throws InsufficientFunds if the customer has too little credit
	 */
	@Process(updates = { "domain.customers.{order.customer}.balance", "domain.orders.{orderId}.status" },
			errors = InsufficientFunds.class)
	public void charge(String orderId, @Input("domain.orders.{orderId}") Order order) throws InsufficientFunds {
		StatePath<BigDecimal> credit = credit(order);
		BigDecimal balance = this.state.get(credit);
		BigDecimal total = Objects.requireNonNull(order.total(), "the order is not priced yet");
		if (balance.compareTo(total) < 0) {
			throw new InsufficientFunds(order.customer(), balance, total);
		}
		this.state.set(credit, balance.subtract(total));
		this.state.set(OrderPaths.status(orderId), OrderStatus.PAID);
	}

	/**
	 * Give back what was paid for an order.
	 * @param orderId the identity of the order
	 * @param order the order, supplied from the state
	 */
	@Process(updates = "domain.customers.{order.customer}.balance")
	public void refund(String orderId, @Input("domain.orders.{orderId}") Order order) {
		BigDecimal total = Objects.requireNonNull(order.total());
		this.state.update(credit(order), (balance) -> balance.add(total));
	}

	private static StatePath<BigDecimal> credit(Order order) {
		return StatePath.of(Path.of("domain.customers", order.customer(), "balance"), BigDecimal.class);
	}

}
