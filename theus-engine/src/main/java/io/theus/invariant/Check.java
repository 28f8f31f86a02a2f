package io.theus.invariant;

import java.time.Instant;
import java.util.List;

import io.theus.internal.collection.PersistentMap;

/**
 * What an invariant demands.
 *
 * @param <M> what it remembers of a version, immutable
 */
interface Check<M> {

	/**
	 * Return what it is about.
	 * @return the places; a commit that touches none of them is not judged
	 */
	List<Places> places();

	/**
	 * Begin to remember.
	 * @param root the content of the version to begin with
	 * @param now the time
	 * @return the memory of that version
	 */
	M begin(PersistentMap<Object> root, Instant now);

	/**
	 * Judge a commit that touches a place.
	 * @param judgement the commit; is told what is wrong
	 * @param memory the memory of the version before it
	 * @return the memory of the version after it, should it be made all the same
	 */
	M judge(Judgement judgement, M memory);

	/**
	 * Take a commit of an administrator as a new beginning.
	 * @param proposal the commit
	 * @param memory the memory after it
	 * @return what to remember from then on
	 */
	default M restart(Proposal proposal, M memory) {
		return memory;
	}

	/**
	 * The memory of what remembers nothing.
	 */
	enum Nothing {

		NOTHING

	}

	/**
	 * A check that needs to remember nothing but how its tick began.
	 */
	interface Forgetful extends Check<Nothing> {

		/**
		 * Judge a commit that touches a place.
		 * @param judgement the commit; is told what is wrong
		 */
		void judge(Judgement judgement);

		@Override
		default Nothing begin(PersistentMap<Object> root, Instant now) {
			return Nothing.NOTHING;
		}

		@Override
		default Nothing judge(Judgement judgement, Nothing memory) {
			judge(judgement);
			return memory;
		}

	}

}
