package io.theus.spring;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

import io.theus.annotation.Process;
import io.theus.contract.InvalidContractException;
import io.theus.engine.TheusEngine;
import io.theus.process.ProcessDefinition;

/**
 * A bean with process methods. Its contracts are compiled when they are first needed: at
 * the end of start-up, or earlier if another bean calls a process while it is made.
 */
final class ProcessBean {

	// Known by name: an application may leave them out
	private static final List<String> TRANSACTIONAL = List
		.of("org.springframework.transaction.annotation.Transactional", "jakarta.transaction.Transactional");

	private final String name;

	private final Class<?> type;

	private final Map<Method, Process> methods;

	private final EngineReference engine;

	private final Map<Method, ProcessDefinition> byCalledMethod = new ConcurrentHashMap<>();

	private volatile @Nullable Map<Method, ProcessDefinition> definitions;

	ProcessBean(String name, Class<?> type, Map<Method, Process> methods, EngineReference engine) {
		this.name = name;
		this.type = type;
		this.methods = methods;
		this.engine = engine;
	}

	String name() {
		return this.name;
	}

	Class<?> type() {
		return this.type;
	}

	Map<Method, Process> methods() {
		return this.methods;
	}

	String idOf(Method method) {
		return this.name + "." + method.getName();
	}

	TheusEngine engineFor(Method called) {
		TheusEngine found = this.engine.find();
		if (found == null) {
			throw new ProcessesDisabledException(idOf(called));
		}
		return found;
	}

	/**
	 * Return the process that a call of the proxy means.
	 * @param called the method as it was called, possibly one of an interface
	 * @param found the engine
	 * @return the definition
	 */
	ProcessDefinition definition(Method called, TheusEngine found) {
		ProcessDefinition known = this.byCalledMethod.get(called);
		if (known == null) {
			Method method = AopUtils.getMostSpecificMethod(called, this.type);
			known = Objects.requireNonNull(definitions(found).get(method), method::toString);
			this.byCalledMethod.put(called, known);
		}
		return known;
	}

	private Map<Method, ProcessDefinition> definitions(TheusEngine found) {
		Map<Method, ProcessDefinition> known = this.definitions;
		if (known == null) {
			synchronized (this) {
				known = this.definitions;
				if (known == null) {
					known = compile(found);
					this.definitions = known;
				}
			}
		}
		return known;
	}

	private Map<Method, ProcessDefinition> compile(TheusEngine found) {
		Map<Method, ProcessDefinition> compiled = new LinkedHashMap<>();
		this.methods.forEach((method, process) -> {
			ProcessDefinition definition = found.annotatedProcesses().define(this.name, this.type, method, process);
			if (definition.isAsynchronous()) {
				refuseTransactional(definition, method);
			}
			compiled.put(method, definition);
		});
		return compiled;
	}

	private void refuseTransactional(ProcessDefinition process, Method method) {
		boolean onMethod = isTransactional(method);
		if (onMethod || isTransactional(this.type)) {
			throw new InvalidContractException(process.id(),
					"it is asynchronous and its %s is @Transactional: that transaction ends when the method returns"
						.formatted(onMethod ? "method" : "class"),
					"remove the annotation there, or let the process return the value itself");
		}
	}

	private static boolean isTransactional(AnnotatedElement element) {
		MergedAnnotations annotations = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
		return TRANSACTIONAL.stream().anyMatch(annotations::isPresent);
	}

	/**
	 * Register all processes, to be called through the bean as its scope gives it.
	 * @param found where to register
	 * @param beanFactory gives the bean
	 */
	void register(TheusEngine found, BeanFactory beanFactory) {
		definitions(found).forEach((method, definition) -> found.processes()
			.register(definition, (values) -> invoke(beanFactory.getBean(this.name), method, values)));
	}

	private @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] values) throws Throwable {
		Method invocable = invocable(method, proxy.getClass());
		if (invocable == null) {
			throw new IllegalStateException("method '%s' is hidden by proxy '%s'".formatted(method, proxy.getClass()));
		}
		ReflectionUtils.makeAccessible(invocable);
		try {
			return invocable.invoke(proxy, values);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/**
	 * Return whether a process method can be called on a proxy.
	 * @param method the method
	 * @param proxy the class of the proxy
	 * @return {@code false} if the proxy is made from interfaces without the method
	 */
	boolean isVisible(Method method, Class<?> proxy) {
		return invocable(method, proxy) != null;
	}

	private @Nullable Method invocable(Method method, Class<?> proxy) {
		if (!Proxy.isProxyClass(proxy)) {
			return method;
		}
		for (Class<?> implemented : proxy.getInterfaces()) {
			for (Method declared : implemented.getMethods()) {
				if (AopUtils.getMostSpecificMethod(declared, this.type).equals(method)) {
					return declared;
				}
			}
		}
		return null;
	}

}
