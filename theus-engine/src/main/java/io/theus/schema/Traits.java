package io.theus.schema;

import org.jspecify.annotations.Nullable;

import io.theus.Merging;
import io.theus.path.Zone;

/**
 * How a place is treated, apart from what may be stored there.
 *
 * @param zone its zone, {@code null} if its name decides
 * @param merging how what transactions bring along is merged, {@code null} if it is not
 * @param isVolatile whether the last writer wins
 */
record Traits(@Nullable Zone zone, @Nullable Merging merging, boolean isVolatile) {

	static final Traits NONE = new Traits(null, null, false);

	static Traits of(@Nullable Zone zone, @Nullable Merging merging, boolean isVolatile) {
		return (zone == null && merging == null && !isVolatile) ? NONE : new Traits(zone, merging, isVolatile);
	}

}
