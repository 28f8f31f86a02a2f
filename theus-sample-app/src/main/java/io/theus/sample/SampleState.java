package io.theus.sample;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.InitialState;
import io.theus.sample.payment.Customer;

/**
 * What the desk knows before the first order: customers with credit, and one without.
 */
@Configuration(proxyBeanMethods = false)
class SampleState {

	private static final int CUSTOMERS = 50;

	@Bean
	InitialState customers() {
		Map<String, Customer> customers = new TreeMap<>();
		for (int i = 1; i <= CUSTOMERS; i++) {
			String name = "customer-" + i;
			customers.put(name, new Customer(name, BigDecimal.valueOf(10_000_000)));
		}
		customers.put("broke", new Customer("broke", BigDecimal.ZERO));
		return () -> Map.of("domain.customers", customers);
	}

}
