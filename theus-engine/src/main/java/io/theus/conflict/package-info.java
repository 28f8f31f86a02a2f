/**
 * What happens when commits stand in each other's way: who is preferred, who waits, and
 * what is told about it.
 * <p>
 * Invariants: nobody who holds a ticket waits for another one; tickets whose claims meet
 * are granted in the order in which they were requested; a ticket ends with its holder or
 * with its lease. The package does not know what a transaction is.
 */
@NullMarked
package io.theus.conflict;

import org.jspecify.annotations.NullMarked;
