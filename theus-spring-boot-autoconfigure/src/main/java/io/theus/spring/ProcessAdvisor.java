package io.theus.spring;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Pointcut;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.DefaultPointcutAdvisor;

import io.theus.engine.TheusEngine;
import io.theus.process.ProcessDefinition;

/**
 * One half of the advice of a process bean. There are two, because a Spring transaction
 * belongs between them: each attempt gets its own.
 */
final class ProcessAdvisor extends DefaultPointcutAdvisor {

	private ProcessAdvisor(Pointcut pointcut, MethodInterceptor interceptor) {
		super(pointcut, interceptor);
	}

	/**
	 * Create the outer half.
	 * @param pointcut matches process methods
	 * @param bean the bean
	 * @return advice that repeats attempts after conflicts
	 */
	static ProcessAdvisor execution(Pointcut pointcut, ProcessBean bean) {
		return new ProcessAdvisor(pointcut, new ExecutionInterceptor(bean));
	}

	/**
	 * Create the inner half.
	 * @param pointcut matches process methods
	 * @param bean the bean
	 * @return advice that runs the method once, in a transaction of the engine
	 */
	static ProcessAdvisor attempt(Pointcut pointcut, ProcessBean bean) {
		return new ProcessAdvisor(pointcut, new AttemptInterceptor(bean));
	}

	boolean isOuterHalf() {
		return getAdvice() instanceof ExecutionInterceptor;
	}

	/**
	 * Repeats what is inside of it.
	 *
	 * @param bean the bean
	 */
	private record ExecutionInterceptor(ProcessBean bean) implements MethodInterceptor {

		// A method may return null
		@Override
		@SuppressWarnings("NullAway")
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			TheusEngine engine = this.bean.engineFor(invocation.getMethod());
			ProcessDefinition process = this.bean.definition(invocation.getMethod(), engine);
			ProxyMethodInvocation repeatable = (ProxyMethodInvocation) invocation;
			Thread caller = Thread.currentThread();
			return engine.runner().execute(process, () -> proceed(repeatable.invocableClone(), caller));
		}

		// On another thread advice inside still has to find the invocation
		private static @Nullable Object proceed(MethodInvocation attempt, Thread caller) throws Throwable {
			return (Thread.currentThread() == caller) ? attempt.proceed()
					: ExposeInvocationInterceptor.INSTANCE.invoke(attempt);
		}

	}

	/**
	 * Runs the method.
	 *
	 * @param bean the bean
	 */
	private record AttemptInterceptor(ProcessBean bean) implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			TheusEngine engine = this.bean.engineFor(invocation.getMethod());
			ProcessDefinition process = this.bean.definition(invocation.getMethod(), engine);
			ProxyMethodInvocation own = (ProxyMethodInvocation) invocation;
			// The outer half gives each attempt an invocation of its own
			return engine.runner().attempt(process, invocation.getArguments(), (values) -> {
				own.setArguments(values);
				return own.proceed();
			});
		}

	}

}
