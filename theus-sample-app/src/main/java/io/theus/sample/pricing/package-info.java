/**
 * What an order costs: computed, never decided.
 */
@NullMarked
package io.theus.sample.pricing;

import org.jspecify.annotations.NullMarked;
