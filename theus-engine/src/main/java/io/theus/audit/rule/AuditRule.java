package io.theus.audit.rule;

import org.jspecify.annotations.Nullable;

import io.theus.store.Verdict;

/**
 * The identity of a rule, and what follows when it is violated.
 *
 * @param id what it is counted under: {@code process:input:field},
 * {@code process:output:path}, or {@code invariant:name}
 * @param kind what it is about
 * @param process the process whose rule it is, {@code null} for an invariant
 * @param policy what follows when it is violated
 * @param message what to say then in place of what its check says, {@code null} for that
 * @since 0.1.0
 */
public record AuditRule(String id, Verdict.Kind kind, @Nullable String process, AuditPolicy policy,
		@Nullable String message) {

}
