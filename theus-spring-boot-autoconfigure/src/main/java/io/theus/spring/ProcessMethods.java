package io.theus.spring;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

import io.theus.annotation.Process;

/**
 * The process methods of classes, found as Spring finds annotations: on methods,
 * interface methods, overridden methods, and as meta-annotations with aliases.
 */
final class ProcessMethods extends StaticMethodMatcherPointcut {

	private final Map<Class<?>, Map<Method, Process>> methods = new ConcurrentHashMap<>();

	ProcessMethods() {
		setClassFilter(new WithProcesses());
	}

	/**
	 * Return the process methods of a class.
	 * @param type the class of a bean, or of a proxy made by subclassing it
	 * @return the most specific methods and their declarations, empty for none
	 */
	Map<Method, Process> of(Class<?> type) {
		return this.methods.computeIfAbsent(ClassUtils.getUserClass(type), ProcessMethods::select);
	}

	private static Map<Method, Process> select(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, Process.class)) {
			return Map.of();
		}
		return MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.findMergedAnnotation(method, Process.class));
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return of(targetClass).containsKey(AopUtils.getMostSpecificMethod(method, targetClass));
	}

	/**
	 * Spares most classes the search through their methods.
	 */
	private final class WithProcesses implements ClassFilter {

		@Override
		public boolean matches(Class<?> type) {
			return !of(type).isEmpty();
		}

	}

}
