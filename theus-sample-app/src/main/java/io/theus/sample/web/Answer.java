package io.theus.sample.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What somebody says about an expensive order.
 *
 * @param approved yes or no
 * @param by who says so
 */
record Answer(@NotNull Boolean approved, @NotBlank @Size(max = 100) String by) {

}
