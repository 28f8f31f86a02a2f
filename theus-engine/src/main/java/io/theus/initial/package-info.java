/**
 * The content of the state before the first process runs, put together from initial
 * states and YAML documents.
 * <p>
 * Invariants: sources are merged key by key and never silently override each other; what
 * came from a document is complained about at its line.
 * <p>
 * The package only prepares values. It must not know how they are written and committed,
 * nor whether that is due.
 */
@NullMarked
package io.theus.initial;

import org.jspecify.annotations.NullMarked;
