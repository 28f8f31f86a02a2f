/**
 * The annotations that the author of a process writes on beans and state records.
 * <p>
 * Declarations only; they are read by the features that act on them.
 */
@NullMarked
package io.theus.annotation;

import org.jspecify.annotations.NullMarked;
