package io.theus.run;

/**
 * What an operator decides about an incident.
 *
 * @since 0.1.0
 */
public enum Resolution {

	/**
	 * Try the compensation again.
	 */
	RETRY,

	/**
	 * Leave this compensation out and go on with the others.
	 */
	SKIP,

	/**
	 * Leave all further compensations out and end the run.
	 */
	FAIL

}
