package io.theus.audit.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.audit.rule.AuditPolicy;
import io.theus.store.Verdict;

/**
 * A rule as it is in force, for those who look.
 *
 * @param id what it is counted under
 * @param kind what it is about
 * @param process whose rule it is
 * @param field whose value is checked
 * @param checks what is demanded, by the keys of a recipe, in the order in which it is
 * asked
 * @param condition when the rule applies, {@code null} for always
 * @param policy what follows from a violation
 * @param message what is said of a violation, {@code null} for what the check says
 * @param source where it stands
 * @since 0.1.0
 */
public record EnforcedRule(String id, Verdict.Kind kind, String process, String field, Map<String, Object> checks,
		@Nullable String condition, AuditPolicy policy, @Nullable String message, String source) {

	/**
	 * Copy the checks.
	 */
	public EnforcedRule {
		checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
	}

}
