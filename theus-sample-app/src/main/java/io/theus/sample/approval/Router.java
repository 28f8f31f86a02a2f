package io.theus.sample.approval;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.theus.Semantic;
import io.theus.annotation.Input;
import io.theus.annotation.Process;
import io.theus.sample.order.Order;
import io.theus.sample.order.OrderStatus;
import io.theus.sample.payment.Customer;

/**
 * Decides which way orders go. A process that guides reads state and signals and changes
 * nothing: what it returns is the name of the process that comes next.
 *
 * @since 0.1.0
 */
@Component
public class Router {

	/**
	 * Decide about an order.
	 * @param orderId the identity of the order
	 * @param order the order, supplied from the state
	 * @param customer who pays, supplied from the state; {@code null} if nobody knows
	 * them
	 * @param answer what the run of the order was sent; {@code null} if it was sent
	 * nothing
	 * @return the process that comes next
	 */
	@Process(semantic = Semantic.GUIDE)
	public String route(String orderId, @Input("domain.orders.{orderId}") Order order,
			@Input("domain.customers.{order.customer}") @Nullable Customer customer,
			@Input("signal.cmd_approve") @Nullable Approval answer) {
		boolean allowed = order.status() != OrderStatus.AWAITING_APPROVAL || (answer != null && answer.approved());
		boolean affordable = customer != null
				&& customer.balance().compareTo(Objects.requireNonNull(order.total())) >= 0;
		return (allowed && affordable) ? "accept" : "reject";
	}

}
