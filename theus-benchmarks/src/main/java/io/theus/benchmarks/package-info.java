/**
 * Runs Theus and its peers on the same work and writes down how they compare.
 *
 * <p>
 * Every measurement is a JVM of its own with the same flags; the candidates take turns in
 * rounds, so that whatever else the machine does meets all of them. Nothing imports this
 * package.
 */
@NullMarked
package io.theus.benchmarks;

import org.jspecify.annotations.NullMarked;
