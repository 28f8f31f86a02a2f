/**
 * The root of all exceptions that Theus throws, and what their messages share:
 * suggestions for misspelt names and excerpts of source text.
 *
 * <p>
 * Every exception is declared by the feature whose rule it reports, extends
 * {@link io.theus.error.TheusException} and carries the facts of its message as fields.
 * This package knows no feature and depends on nothing but the JDK.
 */
@NullMarked
package io.theus.error;

import org.jspecify.annotations.NullMarked;
