package io.theus.process;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/**
 * Registers processes that are called without a proxy: methods of plain objects and code
 * given directly. A call through the registry is guarded; a call of the object's method
 * itself is not.
 *
 * @since 0.1.0
 */
public final class ProcessFactory {

	private final ProcessRegistry registry;

	private final ProcessRunner runner;

	private final ProcessSettings settings;

	/**
	 * Create a factory.
	 * @param registry where processes go
	 * @param runner runs them
	 * @param settings how declarations are read
	 */
	public ProcessFactory(ProcessRegistry registry, ProcessRunner runner, ProcessSettings settings) {
		this.registry = registry;
		this.runner = runner;
		this.settings = settings;
	}

	/**
	 * Register the process methods of an object, under the name of its class with a small
	 * first letter.
	 * @param target the object
	 * @throws IllegalArgumentException if its class has no process methods
	 */
	public void register(Object target) {
		Class<?> type = target.getClass();
		var methods = AnnotatedProcesses.methods(type);
		if (methods.isEmpty()) {
			throw new IllegalArgumentException(
					"class '%s' has no process, annotate a method with @Process".formatted(type.getName()));
		}
		String bean = beanName(type);
		AnnotatedProcesses reader = new AnnotatedProcesses(this.settings);
		methods.forEach((method, process) -> add(reader.define(bean, type, method, process), invoker(target, method)));
	}

	/**
	 * Register a process given as code.
	 * @param id its id
	 * @param spec its declaration
	 */
	public void register(String id, ProcessSpec spec) {
		add(spec.define(id, this.settings), spec.body(id, new CurrentContext()));
	}

	// A process may return null, which a body of a generic type cannot say outside of
	// JSpecify mode
	@SuppressWarnings("NullAway")
	private void add(ProcessDefinition process, ProcessBody body) {
		this.registry.register(process,
				(values) -> this.runner.execute(process, () -> this.runner.attempt(process, values, body)));
	}

	private static String beanName(Class<?> type) {
		String name = type.getSimpleName();
		boolean acronym = name.length() > 1 && Character.isUpperCase(name.charAt(0))
				&& Character.isUpperCase(name.charAt(1));
		return (acronym || name.isEmpty()) ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
	}

	private static ProcessBody invoker(Object target, Method method) {
		try {
			method.setAccessible(true);
			MethodHandle handle = MethodHandles.lookup().unreflect(method);
			MethodHandle spread = handle.bindTo(target)
				.asSpreader(Object[].class, method.getParameterCount())
				.asType(MethodType.methodType(Object.class, Object[].class));
			return (values) -> spread.invokeExact(values);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("method '%s' cannot be called, make it accessible".formatted(method), ex);
		}
	}

}
