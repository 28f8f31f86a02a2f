package io.theus.test.spring;

import java.io.IOException;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.util.ClassUtils;

import io.theus.InitialState;
import io.theus.process.AnnotatedProcesses;
import io.theus.workflow.Workflow;

/**
 * Keeps what belongs to the slice: beans with process methods, initial states, workflows,
 * and configuration classes.
 */
class TheusTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<TheusTest> {

	TheusTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

	@Override
	protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		if (super.defaultInclude(reader, factory)
				|| reader.getAnnotationMetadata().isAnnotated(Configuration.class.getName())) {
			return true;
		}
		Class<?> type = ClassUtils.resolveClassName(reader.getClassMetadata().getClassName(),
				getClass().getClassLoader());
		return AnnotatedProcesses.hasProcesses(type) || InitialState.class.isAssignableFrom(type)
				|| Workflow.class.isAssignableFrom(type);
	}

}
