package io.theus.spring.boot.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.audit.rule.Findings;
import io.theus.audit.recipe.AuditCall;
import io.theus.audit.recipe.AuditRules;
import io.theus.audit.recipe.OutputGate;
import io.theus.audit.recipe.ProcessAudit;
import io.theus.audit.rule.AuditPolicy;
import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Violation;
import io.theus.path.Path;
import io.theus.state.StateTree;
import io.theus.store.Verdict;

/**
 * A rule written by hand: the first argument of a process, or what it leaves at a path,
 * is a text without 'bad' or a number up to 100.
 */
record AuditLimit(String process, AuditLevel level, long tolerated, @Nullable Path output) implements ProcessAudit {

	static AuditRules rules(AuditLimit... limits) {
		Map<String, ProcessAudit> byProcess = new HashMap<>();
		for (AuditLimit limit : limits) {
			byProcess.put(limit.process, limit);
		}
		AuditRules rules = new AuditRules();
		rules.replace(byProcess);
		return rules;
	}

	static AuditLimit input(String process, AuditLevel level, long tolerated) {
		return new AuditLimit(process, level, tolerated, null);
	}

	static AuditLimit output(String process, AuditLevel level, long tolerated, String path) {
		return new AuditLimit(process, level, tolerated, Path.parse(path));
	}

	@Override
	public AuditPolicy policy() {
		return new AuditPolicy(this.level, 0, this.tolerated, false);
	}

	@Override
	public void checkInputs(AuditCall call, Findings findings) {
		if (this.output == null) {
			check(Verdict.Kind.INPUT, "argument", call.argument(0), findings);
		}
	}

	@Override
	public @Nullable OutputGate outputs(AuditCall call) {
		Path path = this.output;
		return (path != null) ? (changes, after, findings) -> check(Verdict.Kind.OUTPUT, path.toString(),
				StateTree.find(after, path), findings) : null;
	}

	private void check(Verdict.Kind kind, String path, @Nullable Object value, Findings findings) {
		AuditRule rule = new AuditRule("%s:%s".formatted(this.process, path), kind, this.process, policy(), null);
		boolean bad = (value instanceof Number number) ? number.longValue() > 100
				: value != null && value.toString().contains("bad");
		if (bad) {
			findings.violated(new Violation(rule, path, value, "is bad"));
		}
		else {
			findings.kept(rule);
		}
	}

}
