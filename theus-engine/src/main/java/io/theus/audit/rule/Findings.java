package io.theus.audit.rule;

/**
 * Hears what rules find in one attempt, and decides what follows.
 * <p>
 * Used by one thread at a time.
 *
 * @since 0.1.0
 */
public interface Findings {

	/**
	 * A rule is violated.
	 * @param violation what is wrong
	 * @throws io.theus.error.TheusException if that is not tolerated
	 */
	void violated(Violation violation);

	/**
	 * A rule is violated by what cannot be refused.
	 * @param violation what is wrong
	 * @return whether it is tolerated
	 */
	boolean overruled(Violation violation);

	/**
	 * A rule was checked and holds.
	 * @param rule the rule
	 */
	void kept(AuditRule rule);

}
