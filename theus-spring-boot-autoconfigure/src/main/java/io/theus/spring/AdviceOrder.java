package io.theus.spring;

import java.util.ArrayList;
import java.util.List;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.util.ClassUtils;
import org.springframework.validation.beanvalidation.MethodValidationInterceptor;

/**
 * Puts the advice of a process bean in order: bean validation and the repetition of
 * attempts directly outside of the Spring transaction, the attempt innermost. What else
 * there is keeps its order, security included, which is outside of the transaction unless
 * the application has ordered it otherwise; then validation stays within security, and
 * the repetition outside of the transaction.
 */
final class AdviceOrder {

	private static final boolean SECURITY = isPresent(
			"org.springframework.security.authorization.method.AuthorizationAdvisor");

	private static final boolean TRANSACTIONS = isPresent(
			"org.springframework.transaction.interceptor.TransactionInterceptor");

	private static final boolean VALIDATION = isPresent("jakarta.validation.Validator");

	private AdviceOrder() {
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, AdviceOrder.class.getClassLoader());
	}

	/**
	 * Return whether a proxy has the advice of a process bean.
	 * @param advised the proxy
	 * @return whether its processes are guarded
	 */
	static boolean isGuarded(Advised advised) {
		for (Advisor advisor : advised.getAdvisors()) {
			if (advisor instanceof ProcessAdvisor) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Move the advisors of a proxy that are out of place.
	 * @param advised the proxy of a process bean
	 */
	static void arrange(Advised advised) {
		List<Advisor> order = order(List.of(advised.getAdvisors()));
		for (int i = 0; i < order.size(); i++) {
			Advisor advisor = order.get(i);
			if (advised.getAdvisors()[i] != advisor) {
				advised.removeAdvisor(advisor);
				advised.addAdvisor(i, advisor);
			}
		}
	}

	private static List<Advisor> order(List<Advisor> current) {
		List<Advisor> validation = new ArrayList<>();
		List<Advisor> execution = new ArrayList<>();
		List<Advisor> attempt = new ArrayList<>();
		List<Advisor> others = new ArrayList<>();
		for (Advisor advisor : current) {
			if (advisor instanceof ProcessAdvisor process) {
				(process.isOuterHalf() ? execution : attempt).add(advisor);
			}
			else {
				(isValidation(advisor) ? validation : others).add(advisor);
			}
		}
		int transaction = transactionOf(others);
		boolean securityInside = others.subList(transaction, others.size()).stream().anyMatch(AdviceOrder::isSecurity);
		List<Advisor> order = new ArrayList<>(others);
		order.addAll(attempt);
		order.addAll(securityInside ? others.size() : transaction, validation);
		order.addAll(securityInside ? transaction : transaction + validation.size(), execution);
		return order;
	}

	private static int transactionOf(List<Advisor> advisors) {
		for (int i = 0; i < advisors.size(); i++) {
			if (isTransaction(advisors.get(i))) {
				return i;
			}
		}
		return advisors.size();
	}

	// Registered by Spring Security within a wrapper that is not of this type
	private static boolean isSecurity(Advisor advisor) {
		return SECURITY
				&& (advisor instanceof AuthorizationAdvisor || advisor.getAdvice() instanceof AuthorizationAdvisor);
	}

	private static boolean isTransaction(Advisor advisor) {
		return TRANSACTIONS && advisor.getAdvice() instanceof TransactionInterceptor;
	}

	private static boolean isValidation(Advisor advisor) {
		return VALIDATION && advisor.getAdvice() instanceof MethodValidationInterceptor;
	}

}
