/**
 * Values as bytes, for another virtual machine that runs the same classes: what the state
 * accepts, primitive arrays, and whatever is {@code Serializable}.
 *
 * <p>
 * Invariants: what is read equals what was written, and is of the same type, except that
 * collections of unknown classes become unmodifiable ones; bytes that nobody wrote this
 * way give a {@link io.theus.internal.codec.CodecException}, and cost no more memory or
 * time than their length allows. The form is not made to be kept: it may differ between
 * versions.
 */
@NullMarked
package io.theus.internal.codec;

import org.jspecify.annotations.NullMarked;
