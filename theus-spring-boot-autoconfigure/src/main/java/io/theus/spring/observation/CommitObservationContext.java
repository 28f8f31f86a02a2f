package io.theus.spring.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import io.theus.store.CommitOrigin;
import io.theus.transaction.CommitOutcome;

/**
 * A commit, as it is observed.
 *
 * @since 0.1.0
 */
public final class CommitObservationContext extends Observation.Context implements OutcomeContext {

	private final CommitOrigin origin;

	private final String store;

	private volatile @Nullable String outcome;

	/**
	 * Create a context.
	 * @param origin who commits
	 * @param store where commits are kept
	 */
	public CommitObservationContext(CommitOrigin origin, String store) {
		this.origin = origin;
		this.store = store;
	}

	/**
	 * Return who commits.
	 * @return the origin; its name is an id for a process only, otherwise text that
	 * somebody has written
	 */
	public CommitOrigin getOrigin() {
		return this.origin;
	}

	/**
	 * Return where commits are kept.
	 * @return a word such as {@code memory}
	 */
	public String getStore() {
		return this.store;
	}

	/**
	 * Return what became of the commit.
	 * @return the name of a {@link CommitOutcome}, {@code null} while it goes on
	 */
	@Override
	public @Nullable String getOutcome() {
		return this.outcome;
	}

	@Override
	public void setOutcome(String newOutcome) {
		this.outcome = newOutcome;
	}

}
