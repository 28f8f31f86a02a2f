package io.theus.process;

import io.theus.path.Layer;
import io.theus.path.PathPattern;
import io.theus.path.Right;
import io.theus.path.Zone;
import io.theus.path.ZoneDeclarations;
import io.theus.path.Zones;
import io.theus.state.MergeRules;
import io.theus.state.VolatilePaths;

/**
 * Which places of the state several transactions may write at the same time.
 *
 * @param zones the zone resolver
 * @param merges where what they bring along is merged
 * @param volatiles where the last writer wins
 * @since 0.1.0
 */
public record SharedPlaces(Zones zones, MergeRules merges, VolatilePaths volatiles) {

	/**
	 * No merge rules, nothing volatile, zones by name.
	 */
	public static final SharedPlaces NONE = new SharedPlaces(new Zones(ZoneDeclarations.NONE), MergeRules.NONE,
			VolatilePaths.NONE);

	/**
	 * Return whether whoever touches it there disturbs nobody.
	 * @param pattern the places
	 * @return whether they are volatile or belong to one thread
	 */
	public boolean isFree(PathPattern pattern) {
		return this.volatiles.cover(pattern) || Layer.LOCAL.key().equals(pattern.literal(0));
	}

	/**
	 * Return whether writers do not disturb each other, only those who read.
	 * @param pattern the places
	 * @return whether what is written there is merged or appended
	 */
	public boolean isMerged(PathPattern pattern) {
		Zone zone = this.zones.of(pattern);
		return this.merges.cover(pattern) || (zone.grants(Right.APPEND) && !zone.grants(Right.UPDATE));
	}

}
