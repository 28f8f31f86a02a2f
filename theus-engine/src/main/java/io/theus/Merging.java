package io.theus;

/**
 * The ways of merging that need no code: what two transactions bring along is combined
 * instead of refused.
 *
 * @since 0.1.0
 */
public enum Merging {

	/**
	 * Numbers are added, by {@link StateWriter#add}.
	 */
	SUM,

	/**
	 * The greatest value stays, by {@link StateWriter#max}.
	 */
	MAX,

	/**
	 * The least value stays, by {@link StateWriter#min}.
	 */
	MIN,

	/**
	 * Elements are added at the end of a list, by {@link StateWriter#append}.
	 */
	APPEND,

	/**
	 * Elements are added to a set, by {@link StateWriter#union}.
	 */
	UNION

}
