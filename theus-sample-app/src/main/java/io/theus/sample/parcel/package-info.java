/**
 * Parcels: how goods leave the desk.
 */
@NullMarked
package io.theus.sample.parcel;

import org.jspecify.annotations.NullMarked;
