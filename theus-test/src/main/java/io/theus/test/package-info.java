/**
 * Support for tests of processes and workflows, usable with and without Spring.
 *
 * <p>
 * The package uses the public face of the engine only and must not know Spring.
 */
@NullMarked
package io.theus.test;

import org.jspecify.annotations.NullMarked;
