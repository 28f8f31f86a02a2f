package io.theus.spring.boot.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

import io.theus.annotation.TheusState;
import io.theus.engine.TheusEngineBuilder;
import io.theus.spring.TheusEngineCustomizer;

/**
 * Gives the engine its initial state and its schema: documents, and records annotated as
 * state in the packages of the application.
 */
final class StateCustomizer implements TheusEngineCustomizer, Ordered {

	private final TheusProperties.State properties;

	private final Environment environment;

	private final ResourcePatternResolver resources;

	private final BeanFactory beanFactory;

	StateCustomizer(TheusProperties.State properties, Environment environment, ResourcePatternResolver resources,
			BeanFactory beanFactory) {
		this.properties = properties;
		this.environment = environment;
		this.resources = resources;
		this.beanFactory = beanFactory;
	}

	// Before customizers of the application, after the other properties
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 1;
	}

	@Override
	public void customize(TheusEngineBuilder builder) {
		Documents documents = new Documents(this.resources);
		documents.read("theus.state.schema", List.of(this.properties.schema())).forEach(builder::schema);
		documents.read("theus.state.location", List.of(this.properties.location())).forEach(builder::initialState);
		if (AutoConfigurationPackages.has(this.beanFactory)) {
			AutoConfigurationPackages.get(this.beanFactory).forEach((name) -> addRecords(name, builder));
		}
	}

	private void addRecords(String packageName, TheusEngineBuilder builder) {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false,
				this.environment);
		scanner.setResourceLoader(this.resources);
		scanner.addIncludeFilter(new AnnotationTypeFilter(TheusState.class, false));
		for (BeanDefinition found : scanner.findCandidateComponents(packageName)) {
			String name = String.valueOf(found.getBeanClassName());
			builder.schema(ClassUtils.resolveClassName(name, this.resources.getClassLoader()));
		}
	}

}
