package io.theus.audit.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.audit.rule.AuditRule;
import io.theus.expression.Expression;
import io.theus.path.PathPattern;
import io.theus.store.Verdict;

/**
 * Compiles the rules about one process.
 */
final class RuleBinder {

	private final AuditedProcess process;

	private final FieldBinder fields;

	private final Map<String, Integer> parameters = new HashMap<>();

	private final Set<String> names = new HashSet<>(ValueScope.LAYERS);

	private final Map<String, Integer> ids = new HashMap<>();

	private final List<InputRule> inputs = new ArrayList<>();

	private final List<OutputRule> outputs = new ArrayList<>();

	private final List<EnforcedRule> described = new ArrayList<>();

	RuleBinder(AuditedProcess process, AuditedProcesses others) {
		this.process = process;
		this.fields = new FieldBinder(process, others);
		process.parameters().forEach((parameter) -> this.parameters.put(parameter.name(), parameter.index()));
		this.parameters.keySet().stream().filter(Expression::isName).forEach(this.names::add);
	}

	ProcessAudit bind(ProcessRecipe recipe) {
		for (RuleSpec rule : recipe.rules()) {
			if (rule.policy().level() != AuditLevel.IGNORE) {
				add(rule);
			}
		}
		return new ProcessAudit(recipe.policy().policy(), this.inputs, this.outputs, this.parameters, this.described);
	}

	private void add(RuleSpec spec) {
		Demands demands = new Demands(
				spec.checks().stream().map((check) -> check.bind(this.names)).toArray(Check[]::new), spec.required(),
				condition(spec.condition()));
		if (spec.kind() == Verdict.Kind.INPUT) {
			addInput(spec, demands);
			return;
		}
		PathPattern pattern = this.fields.output(spec.field());
		this.outputs.add(OutputRule.about(rule(spec, pattern.toString()), demands, pattern));
	}

	private void addInput(RuleSpec spec, Demands demands) {
		AuditRule rule = rule(spec, spec.field().text());
		ArgumentPlace argument = this.fields.argument(spec.field());
		this.inputs.add((argument != null) ? new InputRule(rule, demands, argument, null, null)
				: InputRule.about(rule, demands, this.fields.state(spec.field())));
	}

	private @Nullable Formula condition(@Nullable RecipeText source) {
		return (source != null) ? Formula.compile(source, this.names) : null;
	}

	// Several rules may be about one field, and each has a count of its own
	private AuditRule rule(RuleSpec spec, String field) {
		String base = "%s:%s:%s".formatted(this.process.id(), spec.kind().name().toLowerCase(Locale.ROOT), field);
		int number = this.ids.merge(base, 1, Integer::sum);
		String id = (number > 1) ? base + "#" + number : base;
		AuditRule rule = new AuditRule(id, spec.kind(), this.process.id(), spec.policy().policy(), spec.message());
		RecipeText condition = spec.condition();
		this.described.add(new EnforcedRule(id, spec.kind(), this.process.id(), field, checks(spec),
				(condition != null) ? condition.text() : null, rule.policy(), spec.message(), spec.field().place()));
		return rule;
	}

	private static Map<String, Object> checks(RuleSpec spec) {
		Map<String, Object> checks = new LinkedHashMap<>();
		if (spec.required()) {
			checks.put("required", true);
		}
		spec.checks().forEach((check) -> checks.put(check.key(), check.operand()));
		return checks;
	}

}
