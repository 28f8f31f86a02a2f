package io.theus.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

import io.theus.MergeRule;
import io.theus.Merging;
import io.theus.annotation.TheusState;
import io.theus.engine.TheusEngineBuilder;
import io.theus.error.Suggestions;
import io.theus.spring.TheusEngineCustomizer;

/**
 * Gives the engine its initial state and its schema: documents, and records annotated as
 * state in the packages of the application.
 */
final class StateCustomizer implements TheusEngineCustomizer, Ordered {

	private static final List<String> BUILT_IN = Stream.of(Merging.values())
		.map((merging) -> merging.name().toLowerCase(Locale.ROOT))
		.toList();

	private final TheusProperties.State properties;

	private final Environment environment;

	private final ResourcePatternResolver resources;

	private final ListableBeanFactory beanFactory;

	StateCustomizer(TheusProperties.State properties, Environment environment, ResourcePatternResolver resources,
			ListableBeanFactory beanFactory) {
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
		for (int i = 0; i < this.properties.merge().size(); i++) {
			addMergeRule("theus.state.merge[%d]".formatted(i), this.properties.merge().get(i), builder);
		}
		PropertiesEngineCustomizer.set("theus.state.volatile",
				() -> builder.volatilePaths(this.properties.volatilePaths().toArray(String[]::new)));
		if (AutoConfigurationPackages.has(this.beanFactory)) {
			AutoConfigurationPackages.get(this.beanFactory).forEach((name) -> addRecords(name, builder));
		}
	}

	private void addMergeRule(String property, TheusProperties.Merge from, TheusEngineBuilder builder) {
		String path = required(property + ".path", from.path(), "a path with '*' for any key");
		String name = required(property + ".rule", from.rule(), "one of " + BUILT_IN + " or the name of a bean");
		if (BUILT_IN.contains(name.toLowerCase(Locale.ROOT))) {
			builder.merge(path, Merging.valueOf(name.toUpperCase(Locale.ROOT)));
			return;
		}
		List<String> beans = List.of(this.beanFactory.getBeanNamesForType(MergeRule.class));
		if (!beans.contains(name)) {
			List<String> known = Stream.concat(BUILT_IN.stream(), beans.stream()).toList();
			throw new InvalidTheusPropertyException(property + ".rule", "no merge rule is called '%s'%s, known=%s"
				.formatted(name, Suggestions.didYouMean(name, known), known));
		}
		builder.merge(path, this.beanFactory.getBean(name, MergeRule.class));
	}

	// Where there is no bean validation, a missing value comes here as null
	private static String required(String property, @Nullable String value, String advice) {
		if (value == null || value.isBlank()) {
			throw new InvalidTheusPropertyException(property, "it is missing, give " + advice);
		}
		return value;
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
