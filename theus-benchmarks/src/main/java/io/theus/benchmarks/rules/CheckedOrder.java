package io.theus.benchmarks.rules;

import java.math.BigDecimal;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * An order, with its rules for those candidates that read annotations.
 *
 * @param id what it is known by
 * @param customer who has ordered
 * @param sku what is ordered
 * @param currency of the amounts
 * @param street where it goes
 * @param town where it goes
 * @param zip where it goes
 * @param country where it goes
 * @param note for the courier
 * @param email of the customer
 * @param quantity how many are ordered
 * @param pieces how many parcels it makes
 * @param priority how urgent it is
 * @param attempts how often it was tried
 * @param weight in grams
 * @param volume in litres
 * @param price of a piece
 * @param total of all pieces
 * @param discount a part of the total
 * @param tax a part of the total
 */
record CheckedOrder(@Size(max = 30) String id, @Pattern(regexp = "customer-[0-9]{1,6}") String customer,
		@Pattern(regexp = "sku-[0-9]{1,4}") String sku, @Pattern(regexp = "[A-Z]{3}") String currency,
		@Size(max = 100) String street, @Size(max = 60) String town, @Size(min = 4) String zip,
		@Size(min = 2) String country, @Size(max = 500) String note, @Pattern(regexp = ".+@.+") String email,
		@Min(1) int quantity, @Max(1000) int pieces, @Min(0) int priority, @Max(9) int attempts,
		@Max(1_000_000) long weight, @Min(1) long volume, @DecimalMin("0.01") BigDecimal price,
		@DecimalMax("1000000") BigDecimal total, @DecimalMax("0.5") BigDecimal discount,
		@DecimalMin("0") BigDecimal tax) {

	static CheckedOrder valid(int number) {
		return new CheckedOrder("o-" + number, "customer-" + number % 100_000, "sku-" + number % 1000, "EUR",
				"Long Street " + number % 200, "Springfield", "12345", "DE", "ring twice", "someone@example.org",
				1 + number % 10, number % 1000, number % 3, number % 9, number % 1_000_000, 1 + number % 100,
				BigDecimal.valueOf(100 + number % 10_000, 2), BigDecimal.valueOf(100 + number % 100_000, 2),
				BigDecimal.valueOf(number % 50, 2), BigDecimal.valueOf(number % 20, 2));
	}

	static CheckedOrder broken() {
		return new CheckedOrder("o".repeat(31), "ann", "nut", "euro", "x".repeat(101), "x".repeat(61), "1", "D",
				"x".repeat(501), "nobody", 0, 1001, -1, 10, 1_000_001, 0, BigDecimal.ZERO,
				BigDecimal.valueOf(1_000_001), BigDecimal.ONE, BigDecimal.ONE.negate());
	}

}
