package io.theus.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

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

	@Bean
	WorkflowRegistrar theusWorkflowRegistrar(TheusEngine engine, ProcessRegistrar processes, TheusProperties properties,
			ApplicationContext context, ObjectProvider<Workflow> beans) {
		return new WorkflowRegistrar(engine, processes, () -> {
			List<Workflow> workflows = new ArrayList<>(new WorkflowDocuments(context).read(properties.workflows()));
			beans.orderedStream().forEach(workflows::add);
			return workflows;
		});
	}

}
