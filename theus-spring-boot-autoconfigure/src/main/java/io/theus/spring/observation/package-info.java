/**
 * What Micrometer sees of the engine.
 *
 * <p>
 * Invariants: tags are of low cardinality (processes, workflows, steps, outcomes,
 * semantics), never paths, keys or messages; metrics that are only looked up cost the
 * engine nothing.
 */
@NullMarked
package io.theus.spring.observation;

import org.jspecify.annotations.NullMarked;
