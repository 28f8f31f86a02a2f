/**
 * The content of the state: snapshots, accepted values, the tree that paths enter, and
 * differences between snapshots.
 * <p>
 * Invariants: everything reachable from a snapshot is immutable; a change rebuilds only
 * the nodes on its path and every value it did not touch stays the same object; an equal
 * write changes nothing.
 * <p>
 * The package must not know transactions, contracts or processes: it neither checks nor
 * remembers who reads or writes.
 */
@NullMarked
package io.theus.state;

import org.jspecify.annotations.NullMarked;
