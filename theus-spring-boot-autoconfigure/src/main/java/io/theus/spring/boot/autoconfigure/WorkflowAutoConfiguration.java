package io.theus.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

import io.theus.engine.TheusEngine;
import io.theus.spring.ProcessRegistrar;
import io.theus.spring.WorkflowRegistrar;
import io.theus.workflow.Workflow;

/**
 * Auto-configuration of workflows: from files, from properties, and from beans.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TheusAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "theus.workflows.enabled", matchIfMissing = true)
@ConditionalOnBean({ TheusEngine.class, ProcessRegistrar.class })
public final class WorkflowAutoConfiguration {

	private static final ConfigurationPropertyName DEFINITIONS = ConfigurationPropertyName
		.of("theus.workflows.definitions");

	@Bean
	WorkflowRegistrar theusWorkflowRegistrar(TheusEngine engine, ProcessRegistrar processes, TheusProperties properties,
			ApplicationContext context, ConfigurableEnvironment environment, ObjectProvider<Workflow> beans) {
		requireList(environment);
		return new WorkflowRegistrar(engine, processes, () -> {
			List<Workflow> workflows = new ArrayList<>(new WorkflowDocuments(context).read(properties.workflows()));
			beans.orderedStream().forEach(workflows::add);
			return workflows;
		});
	}

	// Where Boot binds a list it ignores keys, and their workflows would just be missing
	private static void requireList(ConfigurableEnvironment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
			if (source instanceof IterableConfigurationPropertySource properties) {
				properties.stream()
					.filter((name) -> DEFINITIONS.isAncestorOf(name))
					.map((name) -> name.chop(DEFINITIONS.getNumberOfElements() + 1))
					.filter((name) -> !name.isLastElementIndexed())
					.findFirst()
					.ifPresent(WorkflowAutoConfiguration::refuseKey);
			}
		}
	}

	private static void refuseKey(ConfigurationPropertyName name) {
		throw new InvalidTheusPropertyException(name.toString(),
				"definitions are a list of blocks of text, write '- |' and begin the text with 'name:'");
	}

}
