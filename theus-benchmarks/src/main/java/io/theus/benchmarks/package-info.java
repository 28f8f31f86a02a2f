/**
 * Measurements of Theus, each next to the tools that it is compared with.
 *
 * <p>
 * Nothing imports this package.
 */
@NullMarked
package io.theus.benchmarks;

import org.jspecify.annotations.NullMarked;
