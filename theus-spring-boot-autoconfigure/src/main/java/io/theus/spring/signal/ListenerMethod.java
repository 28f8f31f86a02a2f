package io.theus.spring.signal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import io.theus.annotation.SignalListener;
import io.theus.path.Path;
import io.theus.signal.Signal;
import io.theus.state.IncompatibleValueException;
import io.theus.state.TypedReads;

/**
 * A method of a bean that is called with signals.
 */
final class ListenerMethod implements SignalDelivery.Receiver {

	private static final Path SIGNALS = Path.parse("signal");

	private static final int NONE = -1;

	private final String id;

	private final Method method;

	private final Supplier<Object> bean;

	private final int payload;

	private ListenerMethod(String id, Method method, Supplier<Object> bean) {
		this.id = id;
		this.method = method;
		this.bean = bean;
		this.payload = payload(method);
	}

	/**
	 * Find the listener methods of a class, as Spring finds annotations.
	 * @param type the class of a bean
	 * @return the most specific methods and their declarations, empty for none
	 */
	static Map<Method, SignalListener> of(Class<?> type) {
		Class<?> own = ClassUtils.getUserClass(type);
		if (!AnnotationUtils.isCandidateClass(own, SignalListener.class)) {
			return Map.of();
		}
		return MethodIntrospector.selectMethods(own,
				(Method method) -> AnnotatedElementUtils.findMergedAnnotation(method, SignalListener.class));
	}

	/**
	 * Create a listener.
	 * @param beanName the name of the bean
	 * @param method its method
	 * @param bean gives the bean for a call
	 * @return the listener
	 * @throws InvalidSignalListenerException if the method cannot be called with signals
	 */
	static ListenerMethod create(String beanName, Method method, Supplier<Object> bean) {
		ListenerMethod listener = new ListenerMethod(beanName + "." + method.getName(), method, bean);
		listener.check();
		return listener;
	}

	private void check() {
		int modifiers = this.method.getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
			throw refusal("its method is " + (Modifier.isPrivate(modifiers) ? "private" : "static"),
					"make it an instance method that is not private");
		}
		int payloads = 0;
		int signals = 0;
		for (Class<?> type : this.method.getParameterTypes()) {
			if (type == Signal.class) {
				signals++;
			}
			else {
				payloads++;
			}
		}
		if (payloads > 1 || signals > 1) {
			throw refusal("it has " + this.method.getParameterCount() + " parameters, " + payloads
					+ " of them for the payload", "take the payload, a Signal, both or neither");
		}
	}

	private InvalidSignalListenerException refusal(String problem, String action) {
		return new InvalidSignalListenerException(this.id, problem, action);
	}

	/**
	 * Check that the method can be called on a bean that has been made.
	 * @param made the bean or its proxy
	 * @throws InvalidSignalListenerException if its proxy does not pass the call on
	 */
	void check(Object made) {
		if (AopUtils.isCglibProxy(made) && Modifier.isFinal(this.method.getModifiers())) {
			throw refusal("its method is final, and the bean has a proxy that cannot pass the call on",
					"make the method not final");
		}
		if (AopUtils.isJdkDynamicProxy(made) && invocable(made) == null) {
			throw refusal("its bean has a proxy made from interfaces and none of them declares the method",
					"declare it in an interface or set spring.aop.proxy-target-class=true");
		}
	}

	private @Nullable Method invocable(Object made) {
		try {
			return AopUtils.selectInvocableMethod(this.method, made.getClass());
		}
		catch (IllegalStateException ex) {
			return null;
		}
	}

	private static int payload(Method method) {
		for (int i = 0; i < method.getParameterCount(); i++) {
			if (method.getParameterTypes()[i] != Signal.class) {
				return i;
			}
		}
		return NONE;
	}

	String id() {
		return this.id;
	}

	@Override
	public void receive(Signal signal) throws Throwable {
		Object called = this.bean.get();
		Method invocable = AopUtils.selectInvocableMethod(this.method, called.getClass());
		ReflectionUtils.makeAccessible(invocable);
		try {
			invocable.invoke(called, arguments(signal));
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private @Nullable Object[] arguments(Signal signal) {
		@Nullable Object[] arguments = new @Nullable Object[this.method.getParameterCount()];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = (i == this.payload) ? payload(signal) : signal;
		}
		return arguments;
	}

	private @Nullable Object payload(Signal signal) {
		Type type = this.method.getGenericParameterTypes()[this.payload];
		Path path = SIGNALS.child(signal.topic());
		if (signal.payload() == null && this.method.getParameterTypes()[this.payload].isPrimitive()) {
			throw new IncompatibleValueException(path, type, null);
		}
		return TypedReads.convert(path, signal.payload(), type);
	}

}
