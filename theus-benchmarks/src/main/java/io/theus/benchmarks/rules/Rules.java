package io.theus.benchmarks.rules;

/**
 * Twenty rules about an order, one about each part of it.
 */
interface Rules {

	/**
	 * How many rules there are.
	 */
	int COUNT = 20;

	/**
	 * Ask all rules.
	 * @param order what they are about
	 * @return how many of them it breaks
	 */
	int violations(CheckedOrder order);

}
