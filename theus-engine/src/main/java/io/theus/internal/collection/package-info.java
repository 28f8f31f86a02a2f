/**
 * The persistent collections that every snapshot of the state is made of.
 *
 * <p>
 * {@link io.theus.internal.collection.PersistentMap},
 * {@link io.theus.internal.collection.PersistentList} and
 * {@link io.theus.internal.collection.PersistentSet} never change once they are handed
 * out: a write answers another collection that shares with the first whatever it did not
 * touch. To the outside they are read-only {@link java.util.Map}, {@link java.util.List}
 * and {@link java.util.Set}; an attempt to write through those interfaces fails and says
 * how to write instead. Several writes to maps can be batched under one
 * {@link io.theus.internal.collection.Edit}, and two maps can be compared at the cost of
 * their differences.
 *
 * <p>
 * Invariants: a trie of a given content has one shape, whatever history led to it; a
 * write that changes nothing answers the same instance; nothing here blocks, and reads
 * allocate nothing but iterators, entries and views.
 *
 * <p>
 * This package knows nothing of paths, zones or transactions, and nothing of what its
 * values are: it calls no method of theirs but {@code equals}, {@code hashCode} and
 * {@code toString}. It depends on the JDK only.
 */
@NullMarked
package io.theus.internal.collection;

import org.jspecify.annotations.NullMarked;
