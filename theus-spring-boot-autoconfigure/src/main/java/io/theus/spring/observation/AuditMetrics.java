package io.theus.spring.observation;

import java.util.Locale;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.theus.AuditLevel;
import io.theus.audit.Audit;
import io.theus.engine.TheusEngine;
import io.theus.store.Verdict;

/**
 * Shows how many violations of audit rules there were, by level, by what they are about
 * and whether they were tolerated, whether the engine is stopped, and how many entries of
 * the trail sinks have missed.
 *
 * @since 0.1.0
 */
public final class AuditMetrics implements MeterBinder {

	private final TheusEngine engine;

	/**
	 * Create metrics.
	 * @param engine the engine
	 */
	public AuditMetrics(TheusEngine engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (AuditLevel level : AuditLevel.values()) {
			if (level != AuditLevel.IGNORE) {
				bind(level, registry);
			}
		}
		Gauge.builder("theus.engine.stopped", this.engine, (source) -> source.audit().stop().isPresent() ? 1 : 0)
			.description("1 while the engine is stopped by an audit rule, 0 otherwise")
			.register(registry);
		FunctionCounter.builder("theus.audit.missed", this.engine, (source) -> source.audit().missed())
			.description("Entries of the audit trail that were overwritten before a sink had them")
			.register(registry);
	}

	// What stops or aborts is never tolerated, what is only counted never refuses
	private void bind(AuditLevel level, MeterRegistry registry) {
		for (Verdict.Kind kind : Verdict.Kind.values()) {
			if (level == AuditLevel.BLOCK || level == AuditLevel.COUNT) {
				bind(level, kind, true, registry);
			}
			if (level != AuditLevel.COUNT) {
				bind(level, kind, false, registry);
			}
		}
	}

	private void bind(AuditLevel level, Verdict.Kind kind, boolean tolerated, MeterRegistry registry) {
		FunctionCounter
			.builder("theus.audit.violations", this.engine,
					(source) -> violations(source.audit(), level, kind, tolerated))
			.description("Violations of audit rules, once for each execution that has committed or failed")
			.tag("level", name(level))
			.tag("kind", name(kind))
			.tag("outcome", tolerated ? "tolerated" : "refused")
			.register(registry);
	}

	private static double violations(Audit audit, AuditLevel level, Verdict.Kind kind, boolean tolerated) {
		return audit.violations(level, kind, tolerated);
	}

	private static String name(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
