/**
 * The commit record and the seam behind which commits are kept.
 * <p>
 * Invariant: everything a commit does is in one record under one sequence number; a store
 * persists records and nothing else.
 * <p>
 * The package must not know how a commit is validated.
 */
@NullMarked
package io.theus.store;

import org.jspecify.annotations.NullMarked;
