package io.theus.audit.recipe;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.audit.rule.Findings;
import io.theus.audit.rule.AuditPolicy;
import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Violation;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.state.StateChange;
import io.theus.state.StateTree;
import io.theus.store.Verdict;

/**
 * Rules written by hand: the first argument of a process and what it leaves at a path are
 * not above a limit.
 */
public record LimitRules(String process, AuditPolicy policy, long inputLimit, @Nullable Path output,
		long outputLimit) implements ProcessAudit {

	public static final long NONE = Long.MAX_VALUE;

	public static AuditRules input(String process, AuditLevel level, long tolerated, boolean reset, long limit) {
		return rules(new LimitRules(process, new AuditPolicy(level, 0, tolerated, reset), limit, null, NONE));
	}

	public static AuditRules output(String process, AuditLevel level, long tolerated, String path, long limit) {
		return rules(
				new LimitRules(process, new AuditPolicy(level, 0, tolerated, true), NONE, Path.parse(path), limit));
	}

	public static AuditRules rules(ProcessAudit... audits) {
		AuditRules rules = new AuditRules();
		Map<String, ProcessAudit> byProcess = new HashMap<>();
		for (ProcessAudit audit : audits) {
			byProcess.put(((LimitRules) audit).process, audit);
		}
		rules.replace(byProcess);
		return rules;
	}

	private AuditRule rule(Verdict.Kind kind, String field) {
		return new AuditRule("%s:%s:%s".formatted(this.process, kind.name().toLowerCase(Locale.ROOT), field), kind,
				this.process, this.policy, null);
	}

	@Override
	public void checkInputs(AuditCall call, Findings findings) {
		if (this.inputLimit != NONE) {
			check(rule(Verdict.Kind.INPUT, "amount"), "amount", call.argument(0), this.inputLimit, findings);
		}
	}

	private static void check(AuditRule rule, String path, @Nullable Object value, long limit, Findings findings) {
		if (value instanceof Number number && number.longValue() > limit) {
			findings.violated(new Violation(rule, path, value, "is above max=%d".formatted(limit)));
		}
		else {
			findings.kept(rule);
		}
	}

	@Override
	public @Nullable OutputGate outputs(AuditCall call) {
		return (this.output != null) ? this::checkOutput : null;
	}

	private void checkOutput(List<StateChange> changes, PersistentMap<Object> after, Findings findings) {
		Path path = Objects.requireNonNull(this.output);
		check(rule(Verdict.Kind.OUTPUT, path.toString()), path.toString(), StateTree.find(after, path),
				this.outputLimit, findings);
	}

}
