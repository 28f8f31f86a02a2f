package io.theus.sample.approval;

import io.theus.annotation.TheusState;

/**
 * What somebody has said about an expensive order, as the state holds it and as the run
 * of the order is sent it.
 *
 * @param orderId the order
 * @param approved yes or no
 * @param by who said so
 * @since 0.1.0
 */
@TheusState("domain.approvals.*")
public record Approval(String orderId, boolean approved, String by) {

}
