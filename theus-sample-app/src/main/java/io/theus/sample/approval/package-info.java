/**
 * Approvals of expensive orders, and which way an order goes.
 */
@NullMarked
package io.theus.sample.approval;

import org.jspecify.annotations.NullMarked;
