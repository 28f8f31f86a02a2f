/**
 * The programming model: everything that the author of a process imports, together with
 * {@link io.theus.annotation}.
 * <p>
 * Interfaces and values only. The package lies at the bottom of the engine and must not
 * know how state is stored, how a transaction commits or how a process is found; the
 * features above implement what is declared here.
 */
@NullMarked
package io.theus;

import org.jspecify.annotations.NullMarked;
