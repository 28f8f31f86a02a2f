package io.theus.spring.boot.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.theus.engine.TheusEngine;
import io.theus.spring.observation.AuditMetrics;
import io.theus.spring.observation.EngineMetrics;
import io.theus.spring.observation.HeavyMetrics;
import io.theus.spring.observation.ParallelMetrics;
import io.theus.spring.observation.ProcessMetrics;
import io.theus.spring.observation.SignalMetrics;
import io.theus.spring.observation.WorkflowMetrics;

/**
 * Auto-configuration of metrics. {@code management.metrics.enable.theus=false} switches
 * them off.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { TheusAutoConfiguration.class, MetricsAutoConfiguration.class,
		CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnClass({ MeterRegistry.class, MetricsAutoConfiguration.class })
@ConditionalOnBean({ MeterRegistry.class, TheusEngine.class })
public final class TheusMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ProcessMetrics theusProcessMetrics(MeterRegistry registry) {
		return new ProcessMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	WorkflowMetrics theusWorkflowMetrics(MeterRegistry registry) {
		return new WorkflowMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	SignalMetrics theusSignalMetrics(MeterRegistry registry) {
		return new SignalMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	EngineMetrics theusEngineMetrics(TheusEngine engine) {
		return new EngineMetrics(engine);
	}

	@Bean
	@ConditionalOnMissingBean
	HeavyMetrics theusHeavyMetrics(TheusEngine engine) {
		return new HeavyMetrics(engine);
	}

	@Bean
	@ConditionalOnMissingBean
	ParallelMetrics theusParallelMetrics(TheusEngine engine) {
		return new ParallelMetrics(engine);
	}

	@Bean
	@ConditionalOnMissingBean
	AuditMetrics theusAuditMetrics(TheusEngine engine) {
		return new AuditMetrics(engine);
	}

}
