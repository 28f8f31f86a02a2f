package io.theus.invariant;

import org.jspecify.annotations.Nullable;

/**
 * A tick as it is looked for in commits.
 *
 * @param tick what begins it
 * @param places the places whose change begins it, {@code null} if something else does
 */
record TickKind(Tick tick, @Nullable Places places) {

	static TickKind of(String invariant, Tick tick) {
		return new TickKind(tick, (tick instanceof Tick.EachChange each) ? new Places(invariant, each.path()) : null);
	}

}
