/**
 * The code of processes in other Java virtual machines: workers, which are started when
 * they are needed, used again, watched and replaced.
 *
 * <p>
 * What goes to a worker is the class and the method to run, arguments and the declared
 * inputs of a snapshot; what comes back is a value or an exception. Binding, contracts,
 * the mapping of the value and the commit stay with the engine. However a worker ends,
 * one call fails and nobody else notices.
 *
 * <p>
 * This package knows no definitions of processes and no transactions. In a worker it is
 * all there is of the engine.
 */
@NullMarked
package io.theus.parallel;

import org.jspecify.annotations.NullMarked;
