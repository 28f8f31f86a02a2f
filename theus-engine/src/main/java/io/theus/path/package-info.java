/**
 * Names of places in the state: paths, patterns over paths, layers and zones.
 * <p>
 * Invariants: a {@link io.theus.path.Path} is immutable and its root is a known layer or
 * zone root; a {@link io.theus.path.PathPattern} is compiled once and never parses a
 * value that is bound to one of its placeholders; {@link io.theus.path.Zones} is the only
 * place that decides which zone a path lies in.
 * <p>
 * The package must not know values, snapshots, processes or contracts.
 */
@NullMarked
package io.theus.path;

import org.jspecify.annotations.NullMarked;
