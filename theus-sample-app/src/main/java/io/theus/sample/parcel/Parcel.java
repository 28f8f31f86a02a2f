package io.theus.sample.parcel;

import io.theus.annotation.TheusState;

/**
 * A parcel as the state holds it.
 *
 * @param orderId the order that it is for
 * @param pieces how many pieces are in it
 * @since 0.1.0
 */
@TheusState("domain.parcels.*")
public record Parcel(String orderId, long pieces) {

}
