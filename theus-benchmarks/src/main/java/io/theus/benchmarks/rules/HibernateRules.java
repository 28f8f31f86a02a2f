package io.theus.benchmarks.rules;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * The same rules as annotations, asked by Hibernate Validator. What it says of a
 * violation knows no expressions, which costs nothing where there is none.
 */
final class HibernateRules implements Rules {

	private final Validator validator;

	HibernateRules() {
		try (ValidatorFactory factory = Validation.byDefaultProvider()
			.configure()
			.messageInterpolator(new ParameterMessageInterpolator())
			.buildValidatorFactory()) {
			this.validator = factory.getValidator();
		}
	}

	@Override
	public int violations(CheckedOrder order) {
		return this.validator.validate(order).size();
	}

}
