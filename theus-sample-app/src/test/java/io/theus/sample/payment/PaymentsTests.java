package io.theus.sample.payment;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.theus.sample.order.Order;
import io.theus.sample.order.OrderStatus;
import io.theus.test.TheusHarness;

class PaymentsTests {

	private final TheusHarness harness = TheusHarness.with(new Payments(TheusHarness.context()))
		.given("domain.orders.o-1",
				new Order("o-1", "alice", List.of(), 0, OrderStatus.PLACED, BigDecimal.valueOf(30)));

	@Test
	void paymentComesOffTheCreditOfTheCustomer() {
		this.harness.given("domain.customers.alice", new Customer("alice", BigDecimal.valueOf(100)))
			.when("charge", "o-1")
			.thenDelta(Map.of("domain.customers.alice.balance", 70, "domain.orders.o-1.status", OrderStatus.PAID));
	}

	@Test
	void tooLittleCreditIsADeclaredFailureAndLeavesNothing() {
		this.harness.given("domain.customers.alice", new Customer("alice", BigDecimal.valueOf(29)))
			.when("charge", "o-1")
			.thenFails(InsufficientFunds.class, "too little credit");
	}

	@Test
	void whatWasPaidIsGivenBack() {
		this.harness.given("domain.customers.alice", new Customer("alice", BigDecimal.valueOf(70)))
			.when("refund", "o-1")
			.thenDelta(Map.of("domain.customers.alice.balance", 100));
	}

}
