/**
 * One piece of work, done by each candidate: two threads write entries, which are kept in
 * memory or handed on by another thread.
 *
 * <p>
 * A candidate fails unless it has taken each entry. This package does not know how
 * results are compared or reported.
 */
@NullMarked
package io.theus.benchmarks.audit;

import org.jspecify.annotations.NullMarked;
