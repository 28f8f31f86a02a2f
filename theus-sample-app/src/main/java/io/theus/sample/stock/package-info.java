/**
 * What is on the shelves, and picking it.
 */
@NullMarked
package io.theus.sample.stock;

import org.jspecify.annotations.NullMarked;
