package io.theus.sample.order;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * An order as it comes in.
 *
 * @param id its identity, chosen by the customer
 * @param customer who orders
 * @param lines what is ordered
 * @since 0.1.0
 */
public record NewOrder(@NotBlank @Size(max = 100) String id, @NotBlank @Size(max = 100) String customer,
		@NotEmpty @Size(max = 1000) List<@NotNull @Valid Line> lines) {

}
