package io.theus.contract;

import java.util.Optional;

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
	static Optional<String> readRefusal(Semantic semantic, Zone zone, boolean strict) {
		if (!zone.isControl() || semantic == Semantic.GUIDE || (semantic == Semantic.EFFECT && !strict)) {
			return Optional.empty();
		}
		return Optional.of("control zone %s is not visible to a %s process".formatted(zone, semantic));
	}

	static Optional<String> refusal(Semantic semantic, Zone zone, boolean returned) {
		return switch (semantic) {
			case EFFECT -> Optional.empty();
			case GUIDE -> (zone == Zone.META) ? Optional.empty()
					: Optional.of("a GUIDE process steers and does not write " + zone);
			case PURE -> pureRefusal(zone, returned);
		};
	}

	private static Optional<String> pureRefusal(Zone zone, boolean returned) {
		if (zone == Zone.META) {
			return Optional.of("a PURE process does not write META");
		}
		return returned ? Optional.empty()
				: Optional.of("the state is read-only for a PURE process, which writes by its return value only");
	}

}
