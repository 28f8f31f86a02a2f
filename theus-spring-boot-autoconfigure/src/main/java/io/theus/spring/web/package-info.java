/**
 * What callers over HTTP are told when an engine refuses what a controller asked of it.
 *
 * <p>
 * Invariants: whatever the application says itself comes first; an answer has neither
 * values nor paths nor names of the application.
 */
@NullMarked
package io.theus.spring.web;

import org.jspecify.annotations.NullMarked;
