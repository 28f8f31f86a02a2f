package io.theus.spring.actuate;

import java.util.List;

import io.theus.heavy.HeavySegment;
import io.theus.heavy.HeavyStatus;
import io.theus.heavy.HeavyZone;

/**
 * The memory of arrays, as an operator sees it: how much there is, and some of the
 * segments. What is in them is not shown.
 *
 * @param status how much memory there is, and what has become of it
 * @param total how many segments there are
 * @param offset how many are left out before these
 * @param segments the segments
 */
record HeavyView(HeavyStatus status, int total, int offset, List<HeavySegment> segments) {

	static HeavyView of(HeavyZone zone, Page page) {
		List<HeavySegment> all = zone.segments();
		return new HeavyView(zone.status(), all.size(), page.offset(), page.of(all));
	}

}
