package io.theus.spring.boot.shop;

import jakarta.validation.constraints.PositiveOrZero;

import io.theus.annotation.TheusState;

/**
 * Found by scanning its package.
 *
 * @param name what is in stock
 * @param count how much of it
 */
@TheusState("domain.stock.*")
public record Stock(String name, @PositiveOrZero int count) {

}
