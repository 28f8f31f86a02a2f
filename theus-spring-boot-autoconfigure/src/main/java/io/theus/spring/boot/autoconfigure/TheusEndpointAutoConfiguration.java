package io.theus.spring.boot.autoconfigure;

import java.util.Map;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.theus.engine.TheusEngine;
import io.theus.spring.TheusEngineCustomizer;
import io.theus.spring.actuate.OutboxEndpoint;
import io.theus.spring.actuate.ProcessCounters;
import io.theus.spring.actuate.RunsEndpoint;
import io.theus.spring.actuate.ShownValues;
import io.theus.spring.actuate.TheusEndpoint;

/**
 * Auto-configuration of the endpoints {@code theus}, {@code theusoutbox} and
 * {@code theusruns}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TheusAutoConfiguration.class)
@ConditionalOnClass({ PathMapper.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(TheusEngine.class)
@EnableConfigurationProperties({ TheusEndpointProperties.class, EndpointPathsProperties.class })
public final class TheusEndpointAutoConfiguration {

	private static final Map<EndpointId, String> PATHS = Map.of(EndpointId.of("theusoutbox"), "theus/outbox",
			EndpointId.of("theusruns"), "theus/runs");

	@Bean
	@ConditionalOnMissingBean
	ShownValues theusShownValues(ObjectProvider<SanitizingFunction> functions, TheusEndpointProperties properties,
			EndpointPathsProperties paths) {
		return new ShownValues(functions.orderedStream().toList(), properties.showValues(), properties.roles(),
				paths.limits());
	}

	@Bean
	TheusEngineCustomizer theusValueMaskCustomizer(ShownValues values) {
		return (builder) -> builder.valueMask(values::inTrail);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(TheusEndpoint.class)
	ProcessCounters theusProcessCounters() {
		return new ProcessCounters();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	TheusEndpoint theusEndpoint(TheusEngine engine, ProcessCounters counters, ShownValues values,
			ObjectProvider<PathMappedEndpoints> mapped) {
		return new TheusEndpoint(engine, counters, values,
				() -> mapped.stream().flatMap(TheusEndpointAutoConfiguration::neighbours).toList());
	}

	// Those that can be asked, and where
	private static Stream<String> neighbours(PathMappedEndpoints mapped) {
		String root = mapped.getRootPath(EndpointId.of("theus")) + "/";
		return PATHS.keySet()
			.stream()
			.map(mapped::getRootPath)
			.filter((path) -> path != null && path.startsWith(root))
			.map((path) -> path.substring(root.length()))
			.sorted();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	OutboxEndpoint theusOutboxEndpoint(TheusEngine engine, ShownValues values) {
		return new OutboxEndpoint(engine.outbox(), values);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	RunsEndpoint theusRunsEndpoint(TheusEngine engine, ShownValues values) {
		return new RunsEndpoint(engine, values);
	}

	// Endpoints of their own, so that access is granted on its own, where one looks for
	// them
	@Bean
	PathMapper theusPathMapper() {
		return PATHS::get;
	}

}
