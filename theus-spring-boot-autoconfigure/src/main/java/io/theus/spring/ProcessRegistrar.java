package io.theus.spring;

import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

import io.theus.contract.InvalidContractException;
import io.theus.engine.TheusEngine;

/**
 * Registers the processes of all beans when singletons have been made: singletons, and
 * also lazy, scoped and prototype beans, of which none exists yet; such a bean is asked
 * for at each call, so that a prototype is made anew and a scope must be active. A bean
 * whose class shows only when it is made (a factory method may return an interface) is
 * registered then.
 *
 * @since 0.1.0
 */
public final class ProcessRegistrar implements SmartInitializingSingleton {

	private final TheusEngine engine;

	private final ConfigurableListableBeanFactory beanFactory;

	private final ProcessProxyPostProcessor proxies;

	private final Set<String> registered = ConcurrentHashMap.newKeySet();

	private boolean searched;

	/**
	 * Create a registrar.
	 * @param engine where processes are registered
	 * @param beanFactory whose beans are searched
	 * @param proxies has intercepted them
	 */
	public ProcessRegistrar(TheusEngine engine, ConfigurableListableBeanFactory beanFactory,
			ProcessProxyPostProcessor proxies) {
		this.engine = engine;
		this.beanFactory = beanFactory;
		this.proxies = proxies;
	}

	/**
	 * Register all processes, once.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		if (!this.searched) {
			this.searched = true;
			registerAll();
		}
	}

	private void registerAll() {
		for (String name : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			if (!ScopedProxyUtils.isScopedTarget(name)) {
				Class<?> type = BeanClasses.targetClass(this.beanFactory, name);
				if (type != null && !this.proxies.methods().of(type).isEmpty()) {
					register(name, ClassUtils.getUserClass(type));
				}
			}
		}
		this.engine.processes().checkCalls();
		this.engine.audit().checkRecipes();
		this.proxies.onInterception(this::registerLate);
	}

	private void registerLate(ProcessBean bean) {
		if (register(bean)) {
			this.engine.processes().checkCalls();
		}
	}

	private void register(String name, Class<?> type) {
		boolean made = this.beanFactory.containsSingleton(name) && !this.beanFactory.isFactoryBean(name)
				&& !isScopedProxy(name);
		if (made && !this.proxies.hasIntercepted(name)) {
			throw refusal(name, type);
		}
		register(this.proxies.bean(name, type));
	}

	private InvalidContractException refusal(String name, Class<?> type) {
		String process = name + "." + this.proxies.methods().of(type).keySet().iterator().next().getName();
		// With a target, the type would be that of the target
		if (Proxy.isProxyClass(type)) {
			return new InvalidContractException(process, "its bean is a proxy without a target",
					"annotate a method of a bean that is implemented by a class");
		}
		return new InvalidContractException(process, "its bean was made before beans are intercepted",
				"define it as a bean of its own that no post-processor of beans or bean definitions depends on");
	}

	private boolean isScopedProxy(String name) {
		return this.beanFactory.containsBeanDefinition(ScopedProxyUtils.getTargetBeanName(name));
	}

	private boolean register(ProcessBean bean) {
		boolean added = this.registered.add(bean.name());
		if (added) {
			bean.register(this.engine, this.beanFactory);
		}
		return added;
	}

}
