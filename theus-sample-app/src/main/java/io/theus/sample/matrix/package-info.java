/**
 * A product of two matrices, computed by several hands at once.
 */
@NullMarked
package io.theus.sample.matrix;

import org.jspecify.annotations.NullMarked;
