package io.theus.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Looks behind the proxies of beans.
 *
 * @since 0.1.0
 */
public final class BeanClasses {

	private BeanClasses() {
	}

	/**
	 * Return the class of a bean without making it.
	 * @param beanFactory has the bean
	 * @param name its name, that of its proxy if it is scoped
	 * @return the class behind its proxies, as far as it can be told, or {@code null}
	 */
	public static @Nullable Class<?> targetClass(ConfigurableListableBeanFactory beanFactory, String name) {
		Class<?> type = AutoProxyUtils.determineTargetClass(beanFactory, name);
		if (type != null && ScopedObject.class.isAssignableFrom(type)) {
			return AutoProxyUtils.determineTargetClass(beanFactory, ScopedProxyUtils.getTargetBeanName(name));
		}
		return type;
	}

}
