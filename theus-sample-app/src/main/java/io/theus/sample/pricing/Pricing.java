package io.theus.sample.pricing;

import java.math.BigDecimal;
import java.util.List;

import org.springframework.stereotype.Component;

import io.theus.Semantic;
import io.theus.annotation.Input;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.sample.order.Line;

/**
 * Computes what orders cost.
 *
 * @since 0.1.0
 */
@Component
public class Pricing {

	/**
	 * Sum up the lines of an order. The sum is stored because the method says where.
	 * @param orderId the identity of the order
	 * @param lines its lines, supplied from the state
	 * @return the sum
	 */
	@Process(semantic = Semantic.PURE)
	@Output("domain.orders.{orderId}.total")
	public BigDecimal price(String orderId, @Input("domain.orders.{orderId}.lines") List<Line> lines) {
		return lines.stream()
			.map((line) -> line.price().multiply(BigDecimal.valueOf(line.quantity())))
			.reduce(BigDecimal.ZERO, BigDecimal::add);
	}

}
