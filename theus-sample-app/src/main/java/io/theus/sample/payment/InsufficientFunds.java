package io.theus.sample.payment;

import java.math.BigDecimal;

/**
 * A customer has less credit than an order costs.
 *
 * @since 0.1.0
 */
public class InsufficientFunds extends Exception {

	/**
	 * Create the exception.
	 * @param customer who pays
	 * @param balance the credit
	 * @param total what the order costs
	 */
	public InsufficientFunds(String customer, BigDecimal balance, BigDecimal total) {
		super("customer '%s' has too little credit: balance=%s total=%s, top it up".formatted(customer, balance,
				total));
	}

}
