package io.theus.audit.recipe;

import org.jspecify.annotations.Nullable;

import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Findings;
import io.theus.path.PathPattern;

/**
 * A rule about what a call begins with: an argument, or a place in the state.
 *
 * @param rule its identity
 * @param demands what it demands of each value
 * @param argument the argument, {@code null} for the state
 * @param pattern the place in the state, {@code null} for an argument
 * @param places the same if it is the same for all calls
 */
record InputRule(AuditRule rule, Demands demands, @Nullable ArgumentPlace argument, @Nullable PathPattern pattern,
		@Nullable StatePlaces places) {

	static InputRule about(AuditRule rule, Demands demands, PathPattern pattern) {
		return new InputRule(rule, demands, null, pattern,
				pattern.placeholders().isEmpty() ? new StatePlaces(pattern) : null);
	}

	void check(AuditCall call, @Nullable ValueScope scope, Findings findings) {
		this.demands.ifApplies(judge(call, scope), scope)
			.report(this.rule, (this.argument != null) ? this.argument.argument() : null, findings);
	}

	private Outcome judge(AuditCall call, @Nullable ValueScope scope) {
		if (this.argument != null) {
			return this.argument.judge(call, this.demands, scope);
		}
		if (this.places != null) {
			return this.places.judge(call, this.demands, scope);
		}
		Outcome all = Outcome.NOTHING;
		if (this.pattern != null) {
			for (PathPattern narrowed : this.pattern.narrow(call.placeholders())) {
				all = Outcome.both(all, new StatePlaces(narrowed).judge(call, this.demands, scope));
			}
		}
		return all;
	}

}
