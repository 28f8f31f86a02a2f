package io.theus.contract;

import org.jspecify.annotations.Nullable;

import io.theus.Semantic;
import io.theus.path.Zone;

/**
 * The semantic firewall: what a semantic may do in a zone whatever is declared. PURE
 * decides nothing but its value, EFFECT changes the world, GUIDE steers and never alters
 * business data.
 */
final class Firewall {

	private Firewall() {
	}

	// Control zones are for those who steer; EFFECT may see them when contracts are not
	// strict
	static @Nullable String readRefusal(Semantic semantic, Zone zone, boolean strict) {
		if (!zone.isControl() || semantic == Semantic.GUIDE || (semantic == Semantic.EFFECT && !strict)) {
			return null;
		}
		return "control zone %s is not visible to a %s process".formatted(zone, semantic);
	}

	static @Nullable String refusal(Semantic semantic, Zone zone, boolean returned) {
		return switch (semantic) {
			case EFFECT -> null;
			case GUIDE -> (zone == Zone.META) ? null : "a GUIDE process steers and does not write " + zone;
			case PURE -> pureRefusal(zone, returned);
		};
	}

	private static @Nullable String pureRefusal(Zone zone, boolean returned) {
		if (zone == Zone.META) {
			return "a PURE process does not write META";
		}
		return returned ? null : "the state is read-only for a PURE process, which writes by its return value only";
	}

}
