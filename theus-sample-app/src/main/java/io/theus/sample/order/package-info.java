/**
 * Orders: what a customer wants, and how it came in.
 */
@NullMarked
package io.theus.sample.order;

import org.jspecify.annotations.NullMarked;
