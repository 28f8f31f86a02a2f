package io.theus.sample.demo;

import java.util.Map;

import io.theus.sample.invoice.Invoices;
import io.theus.sample.order.Order;
import io.theus.sample.order.OrderPaths;
import io.theus.sample.order.OrderStatus;
import io.theus.sample.parcel.Parcels;
import io.theus.sample.receiver.Receiver;
import io.theus.state.State;

/**
 * What went in and what came out.
 *
 * @param given orders in the file
 * @param placed orders in the state
 * @param invoiced invoices in the state
 * @param packed parcels in the state
 * @param rejected orders refused for lack of credit
 * @param failed orders that failed otherwise
 * @param orderMessages different orders that a consumer received
 * @param invoiceMessages different invoices that a consumer received
 * @param duplicates messages received more than once
 * @param executions how many processes ran
 * @param conflicts how many commits were refused
 * @param retries how many attempts followed a refused commit
 */
record DemoTotals(int given, int placed, int invoiced, int packed, int rejected, int failed, int orderMessages,
		int invoiceMessages, long duplicates, long executions, long conflicts, long retries) {

	static DemoTotals of(State state, Receiver receiver, DemoCounters counters, int given, int failed) {
		Map<String, Order> orders = state.getOrDefault(OrderPaths.ORDERS, Map.of());
		int rejected = (int) orders.values().stream().filter((order) -> order.status() == OrderStatus.REJECTED).count();
		return new DemoTotals(given, orders.size(), state.size(Invoices.INVOICES), state.size(Parcels.PARCELS),
				rejected, failed, receiver.distinct("orders"), receiver.distinct("invoices"), receiver.duplicates(),
				counters.executions(), counters.conflicts(), counters.retries());
	}

	boolean isComplete() {
		return this.placed == this.given && this.invoiced + this.rejected == this.given && this.packed == this.invoiced
				&& this.failed == 0 && this.orderMessages == this.placed && this.invoiceMessages == this.invoiced;
	}

	@Override
	public String toString() {
		return "orders in=%d, placed=%d, invoices out=%d, parcels=%d, rejected=%d, failed=%d, messages received: orders=%d invoices=%d duplicates=%d, executions=%d, conflicts=%d, retries=%d"
			.formatted(this.given, this.placed, this.invoiced, this.packed, this.rejected, this.failed,
					this.orderMessages, this.invoiceMessages, this.duplicates, this.executions, this.conflicts,
					this.retries);
	}

}
