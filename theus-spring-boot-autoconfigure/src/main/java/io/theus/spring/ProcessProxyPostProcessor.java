package io.theus.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

import io.theus.contract.InvalidContractException;
import io.theus.engine.TheusEngine;

/**
 * Intercepts the process methods of beans. It works whether or not AspectJ is present and
 * whatever {@code spring.aop.*} says, and joins a proxy that another post-processor has
 * made. {@link AdviceOrderPostProcessor} then puts the advice in its place.
 *
 * @since 0.1.0
 */
// Runs right after the auto-proxy creators, which make their proxies with the highest
// precedence, and before those that hand out the bean to somebody who calls it later
// (Kafka listeners, for example): these must see the final proxy.
public final class ProcessProxyPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

	private final ProcessMethods methods = new ProcessMethods();

	private final Map<String, ProcessBean> beans = new ConcurrentHashMap<>();

	private final Set<String> intercepted = ConcurrentHashMap.newKeySet();

	// Stands in for the advice of a bean until it is known which bean it is
	private final Advisor marker = new DefaultPointcutAdvisor(this.methods, (MethodInterceptor) (invocation) -> {
		throw new IllegalStateException("method '%s' has no advice".formatted(invocation.getMethod()));
	});

	private @Nullable EngineReference engine;

	private volatile @Nullable Consumer<ProcessBean> onInterception;

	/**
	 * Create the post-processor.
	 */
	public ProcessProxyPostProcessor() {
		this.advisor = this.marker;
		setProxyTargetClass(true);
		setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		super.setBeanFactory(beanFactory);
		this.engine = new EngineReference(beanFactory.getBeanProvider(TheusEngine.class));
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Object proxy = super.postProcessAfterInitialization(bean, beanName);
		if (proxy instanceof Advised advised && advised.indexOf(this.marker) >= 0) {
			intercept(advised, proxy, beanName);
		}
		return proxy;
	}

	@Override
	protected boolean isEligible(Object bean, String beanName) {
		boolean eligible = super.isEligible(bean, beanName);
		if (eligible && bean instanceof Advised) {
			throw refusal(bean.getClass(), beanName, "its bean has a proxy that is frozen",
					"do not freeze the proxies of process beans");
		}
		if (eligible && Modifier.isFinal(bean.getClass().getModifiers())) {
			throw refusal(bean.getClass(), beanName,
					"its class %s is final and cannot be intercepted".formatted(bean.getClass().getName()),
					"make the class not final");
		}
		return eligible;
	}

	private InvalidContractException refusal(Class<?> type, String beanName, String problem, String action) {
		Method first = this.methods.of(type).keySet().iterator().next();
		return new InvalidContractException(nameOf(beanName) + "." + first.getName(), problem, action);
	}

	// A scoped bean goes by the name of its proxy
	private static String nameOf(String beanName) {
		return ScopedProxyUtils.isScopedTarget(beanName) ? ScopedProxyUtils.getOriginalBeanName(beanName) : beanName;
	}

	private void intercept(Advised advised, Object proxy, String beanName) {
		Class<?> type = ClassUtils.getUserClass(AopUtils.getTargetClass(proxy));
		ProcessBean bean = bean(nameOf(beanName), type);
		refuseHidden(bean, proxy);
		advised.replaceAdvisor(this.marker, ProcessAdvisor.execution(this.methods, bean));
		advised.addAdvisor(ProcessAdvisor.attempt(this.methods, bean));
		this.intercepted.add(bean.name());
		Consumer<ProcessBean> registration = this.onInterception;
		if (registration != null) {
			registration.accept(bean);
		}
	}

	// A proxy made from interfaces hides all other methods
	private static void refuseHidden(ProcessBean bean, Object proxy) {
		for (Method method : bean.methods().keySet()) {
			if (AopUtils.isJdkDynamicProxy(proxy) && !bean.isVisible(method, proxy.getClass())) {
				throw new InvalidContractException(bean.idOf(method),
						"its bean has a proxy made from interfaces and none of them declares the method",
						"declare it in an interface or set spring.aop.proxy-target-class=true");
			}
		}
	}

	ProcessMethods methods() {
		return this.methods;
	}

	/**
	 * Return the process bean of a name.
	 * @param name the name of the bean, of its proxy if it is scoped
	 * @param type its class
	 * @return the process bean, the same for each instance of one class
	 */
	ProcessBean bean(String name, Class<?> type) {
		EngineReference reference = Objects.requireNonNull(this.engine, "beanFactory");
		return this.beans.compute(name, (key, known) -> (known != null && known.type() == type) ? known
				: new ProcessBean(name, type, this.methods.of(type), reference));
	}

	/**
	 * Return whether a bean was intercepted.
	 * @param name the name of the bean, of its proxy if it is scoped
	 * @return whether it has been made, and its methods are guarded
	 */
	boolean hasIntercepted(String name) {
		return this.intercepted.contains(name);
	}

	/**
	 * Set who hears of process beans that are made from now on.
	 * @param registration called for each instance
	 */
	void onInterception(Consumer<ProcessBean> registration) {
		this.onInterception = registration;
	}

}
