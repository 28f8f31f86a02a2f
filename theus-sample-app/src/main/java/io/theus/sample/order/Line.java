package io.theus.sample.order;

import java.math.BigDecimal;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

/**
 * A line of an order.
 *
 * @param sku what is ordered
 * @param quantity how many
 * @param price the price of one
 * @since 0.1.0
 */
public record Line(@NotBlank String sku, @Positive int quantity, @Positive BigDecimal price) {

}
