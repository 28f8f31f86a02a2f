/**
 * Invoices: what leaves the desk.
 */
@NullMarked
package io.theus.sample.invoice;

import org.jspecify.annotations.NullMarked;
