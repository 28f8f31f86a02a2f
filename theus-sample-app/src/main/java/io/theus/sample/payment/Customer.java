package io.theus.sample.payment;

import java.math.BigDecimal;

import jakarta.validation.constraints.PositiveOrZero;

import io.theus.annotation.TheusState;

/**
 * A customer as the state holds it.
 *
 * @param name who it is
 * @param balance the credit that is left
 * @since 0.1.0
 */
@TheusState("domain.customers.*")
public record Customer(String name, @PositiveOrZero BigDecimal balance) {

}
