package io.theus.expression;

import org.jspecify.annotations.Nullable;

/**
 * A compiled part of an expression.
 */
@FunctionalInterface
interface Code {

	@Nullable Object run(Evaluation evaluation);

	default boolean test(Evaluation evaluation) {
		return Values.isTrue(run(evaluation));
	}

}
