package io.theus.audit.recipe;

import java.util.List;

import io.theus.audit.rule.Findings;
import io.theus.internal.collection.PersistentMap;
import io.theus.state.StateChange;

/**
 * The rules of one call about what it writes.
 * <p>
 * Safe for use by several threads. It takes no locks and calls no code that may.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OutputGate {

	/**
	 * Check a would-be state. It may be called again, on another state.
	 * @param changes what the commit changes
	 * @param after the content as it would be
	 * @param findings hears what is violated and what is kept
	 * @throws io.theus.error.TheusException if a violation is not tolerated
	 */
	void check(List<StateChange> changes, PersistentMap<Object> after, Findings findings);

}
