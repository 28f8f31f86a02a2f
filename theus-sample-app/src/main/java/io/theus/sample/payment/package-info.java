/**
 * Customers and their credit.
 */
@NullMarked
package io.theus.sample.payment;

import org.jspecify.annotations.NullMarked;
