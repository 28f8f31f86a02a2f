/**
 * Processes: what is registered, how a call is bound, and how one execution runs.
 * <p>
 * Invariants: every way of calling goes through {@link io.theus.process.ProcessRunner};
 * an attempt begins on a fresh snapshot with empty buffers; what a method returns passes
 * the same checks as what its body writes; success is reported after the commit.
 * <p>
 * The package must not know workflows or Spring.
 */
@NullMarked
package io.theus.process;

import org.jspecify.annotations.NullMarked;
