/**
 * One piece of work, done by each candidate: twenty rules are asked about one order,
 * which keeps them all.
 *
 * <p>
 * A candidate fails unless it finds what is wrong with an order that breaks each rule.
 * This package does not know how results are compared or reported.
 */
@NullMarked
package io.theus.benchmarks.rules;

import org.jspecify.annotations.NullMarked;
