/**
 * One piece of work, done by each candidate: accounts under text keys, of which a
 * transaction reads two and writes one.
 *
 * <p>
 * The sum of all accounts equals the number of transactions; a candidate whose sum
 * differs has lost an update, and its measurement does not count. This package does not
 * know how results are compared or reported.
 */
@NullMarked
package io.theus.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
