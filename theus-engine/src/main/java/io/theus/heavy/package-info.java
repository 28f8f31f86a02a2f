/**
 * The heavy zone: arrays in named memory that processes of a machine share, who owns
 * them, and when they go.
 *
 * <p>
 * Invariants: memory that something can still show is never unmapped, so no use of an
 * array, however late, ends the virtual machine; a descriptor maps the numbers it was
 * made for, or nothing; memory that a head refers to, or that an attempt uses or may come
 * to use, is not freed and not given out again; only who owns memory takes its name away,
 * unless the owner is known to be dead. Every name is in the registry before the memory
 * exists and until it exists no more.
 * <p>
 * The package must not know what a state, a commit or an attempt is: it is told which
 * version an attempt began from, and which descriptors a commit added and removed. An
 * application that allocates nothing pays for a volatile read and does not load JNA.
 */
@NullMarked
package io.theus.heavy;

import org.jspecify.annotations.NullMarked;
