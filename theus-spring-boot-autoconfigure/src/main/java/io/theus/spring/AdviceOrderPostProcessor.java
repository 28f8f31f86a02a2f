package io.theus.spring;

import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts the advice of process beans in order when all of it is there: security, bean
 * validation, conflict retry, Spring transaction, attempt, method.
 *
 * @since 0.1.0
 */
// Not ordered, hence called after all post-processors that are: whoever adds advice to an
// existing proxy (bean validation, for example) is one of those. The proxy itself stays
// the same, so whoever has been given it already sees the final order. As infrastructure
// it is no candidate for proxies itself, which would make all advisors too early.
public final class AdviceOrderPostProcessor implements BeanPostProcessor, AopInfrastructureBean {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof Advised advised) {
			if (AdviceOrder.isGuarded(advised)) {
				AdviceOrder.arrange(advised);
			}
			else if (isAround(advised)) {
				throw new BeanCreationException(beanName,
						"the proxy of a process bean was put into a second proxy, which keeps its advice from being put in "
								+ "order: bean='%s', give the auto-proxy creator that made the second one the highest precedence"
									.formatted(beanName));
			}
		}
		return bean;
	}

	private static boolean isAround(Advised advised) {
		TargetSource source = advised.getTargetSource();
		try {
			return source.isStatic() && source.getTarget() instanceof Advised inner && AdviceOrder.isGuarded(inner);
		}
		catch (Exception ex) {
			return false;
		}
	}

}
