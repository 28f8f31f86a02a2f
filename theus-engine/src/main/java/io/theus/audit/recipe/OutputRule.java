package io.theus.audit.recipe;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Findings;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.PathPattern;
import io.theus.state.StateChange;

/**
 * A rule about what a process writes.
 *
 * @param rule its identity
 * @param demands what it demands of each value
 * @param pattern the places
 * @param places the same if they are the same for all calls
 */
record OutputRule(AuditRule rule, Demands demands, PathPattern pattern, @Nullable StatePlaces places) {

	static OutputRule about(AuditRule rule, Demands demands, PathPattern pattern) {
		return new OutputRule(rule, demands, pattern,
				pattern.placeholders().isEmpty() ? new StatePlaces(pattern) : null);
	}

	StatePlaces[] bind(AuditCall call) {
		return (this.places != null) ? new StatePlaces[] { this.places }
				: this.pattern.narrow(call.placeholders()).stream().map(StatePlaces::new).toArray(StatePlaces[]::new);
	}

	void check(StatePlaces[] bound, List<StateChange> changes, PersistentMap<Object> after, @Nullable ValueScope scope,
			Findings findings) {
		Outcome all = Outcome.NOTHING;
		for (StatePlaces each : bound) {
			all = Outcome.both(all, each.judge(changes, after, this.demands, scope));
		}
		this.demands.ifApplies(all, scope).report(this.rule, null, findings);
	}

}
