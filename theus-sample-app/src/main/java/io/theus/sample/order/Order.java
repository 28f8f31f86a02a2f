package io.theus.sample.order;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.annotation.TheusState;

/**
 * An order as the state holds it.
 *
 * @param id its identity
 * @param customer who ordered
 * @param lines what was ordered
 * @param picked how many lines have been taken from the shelves
 * @param status where it is on its way
 * @param total what it costs, {@code null} until it is priced
 * @since 0.1.0
 */
@TheusState("domain.orders.*")
public record Order(String id, String customer, List<Line> lines, int picked, OrderStatus status,
		@Nullable BigDecimal total) {

}
