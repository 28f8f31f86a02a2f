/**
 * The annotations that the author of a process writes on beans and state records.
 * <p>
 * Declarations only, which are read by the features that act on them, and how durations
 * are written in them.
 */
@NullMarked
package io.theus.annotation;

import org.jspecify.annotations.NullMarked;
