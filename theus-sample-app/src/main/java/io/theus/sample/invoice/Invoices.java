package io.theus.sample.invoice;

import java.util.Map;
import java.util.Objects;

import org.springframework.stereotype.Component;

import io.theus.MapPath;
import io.theus.ProcessContext;
import io.theus.annotation.Input;
import io.theus.annotation.Process;
import io.theus.sample.order.Order;
import io.theus.sample.order.OrderPaths;
import io.theus.sample.order.OrderStatus;

/**
 * Writes invoices.
 *
 * @since 0.1.0
 */
@Component
public class Invoices {

	/**
	 * All invoices by the identity of their order.
	 */
	public static final MapPath<String, Invoice> INVOICES = MapPath.of("domain.invoices", String.class, Invoice.class);

	private final ProcessContext state;

	Invoices(ProcessContext state) {
		this.state = state;
	}

	/**
	 * Write the invoice of a paid order and send it.
	 * @param orderId the identity of the order
	 * @param order the order, supplied from the state
	 * @return the invoice
	 */
	@Process(outputs = { "domain.invoices.{orderId}", "domain.orders.{orderId}.status" }, sends = "invoices")
	public Invoice invoice(String orderId, @Input("domain.orders.{orderId}") Order order) {
		Invoice invoice = new Invoice(orderId, order.customer(), Objects.requireNonNull(order.total()));
		this.state.create(INVOICES, orderId, invoice);
		this.state.set(OrderPaths.status(orderId), OrderStatus.INVOICED);
		this.state.outbox().send("invoices", orderId, invoice);
		return invoice;
	}

	/**
	 * Withdraw an invoice, and tell those who have received it.
	 * @param orderId the identity of the order
	 */
	@Process(outputs = "domain.invoices.{orderId}", sends = "invoices")
	public void withdraw(String orderId) {
		this.state.remove(INVOICES, orderId);
		this.state.outbox().send("invoices", orderId, Map.of("orderId", orderId, "withdrawn", true));
	}

}
