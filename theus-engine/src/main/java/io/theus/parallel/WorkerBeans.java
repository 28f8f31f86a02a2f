package io.theus.parallel;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;

/**
 * The objects whose methods a worker runs, one of each class.
 */
final class WorkerBeans {

	private static final String FACTORY_PROPERTY = "theus.parallel.worker-factory";

	private final ClassLoader loader;

	private final @Nullable String factoryName;

	private final ProcessContext context;

	private final Map<String, Object> beans = new HashMap<>();

	private final Map<WorkerCall.Target, Method> methods = new HashMap<>();

	private @Nullable WorkerBeanFactory factory;

	WorkerBeans(ClassLoader loader, @Nullable String factoryName, ProcessContext context) {
		this.loader = loader;
		this.factoryName = factoryName;
		this.context = context;
	}

	Object get(String type) throws Exception {
		Object bean = this.beans.get(type);
		if (bean == null) {
			bean = factory().create(load(type), this.context);
			this.beans.put(type, bean);
		}
		return bean;
	}

	private Class<?> load(String type) {
		try {
			return Class.forName(type, true, this.loader);
		}
		catch (ClassNotFoundException ex) {
			throw new WorkerBeanException(type, "it is not found, add it to the class path of workers", ex);
		}
	}

	private WorkerBeanFactory factory() {
		WorkerBeanFactory known = this.factory;
		if (known == null) {
			known = (this.factoryName != null) ? named(this.factoryName) : WorkerBeans::construct;
			this.factory = known;
		}
		return known;
	}

	private WorkerBeanFactory named(String name) {
		try {
			Constructor<?> constructor = load(name).getDeclaredConstructor();
			constructor.setAccessible(true);
			return (WorkerBeanFactory) constructor.newInstance();
		}
		catch (ReflectiveOperationException | ClassCastException ex) {
			throw new WorkerBeanException(name, "it is named by " + FACTORY_PROPERTY
					+ " and must be a WorkerBeanFactory with a constructor without parameters", ex);
		}
	}

	private static Object construct(Class<?> type, ProcessContext context) throws Exception {
		for (Constructor<?> constructor : type.getDeclaredConstructors()) {
			Class<?>[] parameters = constructor.getParameterTypes();
			boolean fits = parameters.length == 0 || (parameters.length == 1 && parameters[0] == ProcessContext.class);
			if (fits) {
				constructor.setAccessible(true);
				return construct(constructor, (parameters.length == 0) ? new Object[0] : new Object[] { context });
			}
		}
		throw new WorkerBeanException(type.getName(),
				"it has no constructor without parameters or with a ProcessContext only, add one or name a factory with "
						+ FACTORY_PROPERTY,
				null);
	}

	private static Object construct(Constructor<?> constructor, Object[] arguments)
			throws ReflectiveOperationException {
		try {
			return constructor.newInstance(arguments);
		}
		catch (InvocationTargetException ex) {
			throw new WorkerBeanException(constructor.getDeclaringClass().getName(),
					"its constructor failed: " + ex.getTargetException(), ex.getTargetException());
		}
		catch (InstantiationException ex) {
			throw new WorkerBeanException(constructor.getDeclaringClass().getName(),
					"it is abstract, name a factory with " + FACTORY_PROPERTY, ex);
		}
	}

	Method method(Class<?> type, WorkerCall.Target target) {
		Method known = this.methods.get(target);
		if (known == null) {
			known = find(type, target);
			known.setAccessible(true);
			this.methods.put(target, known);
		}
		return known;
	}

	private static Method find(Class<?> type, WorkerCall.Target target) {
		Deque<Class<?>> candidates = new ArrayDeque<>();
		candidates.add(type);
		for (Class<?> next = candidates.poll(); next != null; next = candidates.poll()) {
			for (Method method : next.getDeclaredMethods()) {
				if (!method.isBridge() && method.getName().equals(target.method()) && target.parameterTypes()
					.equals(Stream.of(method.getParameterTypes()).map(Class::getName).toList())) {
					return method;
				}
			}
			if (next.getSuperclass() != null) {
				candidates.add(next.getSuperclass());
			}
			candidates.addAll(List.of(next.getInterfaces()));
		}
		throw new WorkerBeanException(type.getName(),
				"method '%s' with parameters=%s is not found, give the worker the classes of the engine"
					.formatted(target.method(), target.parameterTypes()),
				null);
	}

}
