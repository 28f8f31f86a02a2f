package io.theus.sample.invoice;

import java.math.BigDecimal;

import io.theus.annotation.TheusState;

/**
 * An invoice as the state holds it.
 *
 * @param orderId the order that it is for
 * @param customer who pays
 * @param total how much
 * @since 0.1.0
 */
@TheusState("domain.invoices.*")
public record Invoice(String orderId, String customer, BigDecimal total) {

}
