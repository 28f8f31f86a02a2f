package io.theus.transaction;

import java.util.List;

import io.theus.internal.collection.PersistentMap;
import io.theus.state.StateChange;

/**
 * A rule over the resulting state, such as a schema. It is checked on the state that is
 * really committed: again, inside the commit, where others have committed since the
 * snapshot.
 * <p>
 * Implementations are safe for use by several threads, take no locks and call no user
 * code that may.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CommitRule {

	/**
	 * Check a would-be state.
	 * @param changes what the commit changes
	 * @param after the content as it would be
	 * @throws RuntimeException if the rule does not hold
	 */
	void check(List<StateChange> changes, PersistentMap<Object> after);

}
