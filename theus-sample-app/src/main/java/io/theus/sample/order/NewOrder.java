package io.theus.sample.order;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;

/**
 * An order as it comes in.
 *
 * @param id its identity, chosen by the customer
 * @param customer who orders
 * @param lines what is ordered
 * @since 0.1.0
 */
public record NewOrder(@NotBlank String id, @NotBlank String customer, @NotEmpty List<@Valid Line> lines) {

}
