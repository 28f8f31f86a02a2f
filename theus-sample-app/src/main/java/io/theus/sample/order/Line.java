package io.theus.sample.order;

import java.math.BigDecimal;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/**
 * A line of an order.
 *
 * @param sku what is ordered
 * @param quantity how many
 * @param price the price of one
 * @since 0.1.0
 */
public record Line(@NotBlank @Size(max = 100) String sku, @Positive int quantity,
		@NotNull @Positive @Digits(integer = 9, fraction = 4) BigDecimal price) {

}
