/**
 * What the state must look like: types, zones, required fields and constraints, declared
 * by records and by YAML documents.
 * <p>
 * A {@link io.theus.schema.Schema} is compiled once into a tree of places, each with the
 * type of what may be stored there. It answers three questions: what zone a path lies in,
 * what type a written value is to be converted to, and whether a resulting state is
 * valid.
 * <p>
 * Invariants: no place is declared twice; a check touches what changed and what is around
 * it, never the untouched entries of a map; bean validation is reached through
 * {@link io.theus.schema.Constraints} only, so that its library may be missing.
 * <p>
 * The package must not know transactions: the engine hands it changes and the state as it
 * would be.
 */
@NullMarked
package io.theus.schema;

import org.jspecify.annotations.NullMarked;
