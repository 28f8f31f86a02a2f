package io.theus.benchmarks.rules;

/**
 * The candidates that have rules.
 *
 * @since 0.1.0
 */
public enum RulesType {

	/** A recipe of Theus. */
	THEUS,

	/** Hibernate Validator. */
	HIBERNATE_VALIDATOR;

	Rules open() {
		return switch (this) {
			case THEUS -> new TheusRules();
			case HIBERNATE_VALIDATOR -> new HibernateRules();
		};
	}

}
