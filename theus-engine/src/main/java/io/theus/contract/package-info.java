/**
 * What a process may do: its compiled contract, and the semantic firewall that bounds it
 * whatever it declares.
 * <p>
 * Invariants: contracts are compiled once, at start-up, and every mistake in a
 * declaration is found there; a bound contract belongs to one call and never widens what
 * was declared; the value of a variable stays the same throughout an execution.
 * <p>
 * The package decides and refuses; it must not know transactions, and it reads and writes
 * nothing itself.
 */
@NullMarked
package io.theus.contract;

import org.jspecify.annotations.NullMarked;
