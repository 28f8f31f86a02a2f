package io.theus.spring.boot.autoconfigure;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.annotation.PostConstruct;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import io.theus.InitialState;
import io.theus.ProcessContext;
import io.theus.annotation.Input;
import io.theus.annotation.Process;
import io.theus.contract.ContractViolationException;
import io.theus.contract.InvalidContractException;
import io.theus.engine.TheusEngine;
import io.theus.process.DuplicateProcessException;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessExecution;
import io.theus.process.ProcessListener;
import io.theus.spring.ProcessesDisabledException;
import io.theus.store.CommitRecord;
import io.theus.transaction.CommitListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Which beans are guarded and registered, and which are refused.
 */
class ProcessBeansTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class));

	@Test
	void processRunsByItsBeanAndByItsNames() {
		this.runner.withBean("accounts", Accounts.class).run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			context.getBean(Accounts.class).deposit("alice", 5);
			engine.execute("accounts.deposit", "alice", 5L);
			engine.execute("deposit", Map.of("owner", "alice", "amount", 5L));
			assertThat(engine.state().get("domain.accounts.alice", Long.class)).isEqualTo(15);
			assertThat(engine.processes().all()).extracting(ProcessDefinition::id)
				.containsExactly("accounts.balance", "accounts.deposit");
		});
	}

	@Test
	void suppliedParametersMayBeNullInACallOfTheProxy() {
		this.runner.withBean("accounts", Accounts.class).run((context) -> {
			context.getBean(Accounts.class).deposit("alice", 5);
			assertThat(context.getBean(Accounts.class).balance("alice", null)).isEqualTo(5);
		});
	}

	@Test
	void callIsRefusedWhereTheusIsSwitchedOff() {
		this.runner.withBean("accounts", Accounts.class)
			.withPropertyValues("theus.enabled=false")
			.run((context) -> assertThatExceptionOfType(ProcessesDisabledException.class)
				.isThrownBy(() -> context.getBean(Accounts.class).deposit("alice", 5))
				.withMessage("process 'accounts.deposit' cannot run: there is no engine, theus.enabled=false, "
						+ "set it to true or do not call processes")
				.satisfies((ex) -> assertThat(ex.process()).isEqualTo("accounts.deposit")));
	}

	@Test
	void engineOfTheApplicationIsUsed() {
		TheusEngine own = TheusEngine.builder().build();
		this.runner.withBean("accounts", Accounts.class).withBean(TheusEngine.class, () -> own).run((context) -> {
			context.getBean(Accounts.class).deposit("alice", 5);
			assertThat(own.state().get("domain.accounts.alice", Long.class)).isEqualTo(5);
		});
	}

	@Test
	void contextFailsOutsideOfProcesses() {
		this.runner.run((context) -> assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> context.getBean(ProcessContext.class).get("domain.x"))
			.withMessageContaining("no active transaction"));
	}

	@Test
	void processMayRunWhileBeansAreMade() {
		this.runner.withBean("accounts", Accounts.class)
			.withBean(CallsEarly.class)
			.run((context) -> assertThat(context.getBean(TheusEngine.class).state().get("domain.accounts.early"))
				.isEqualTo(1L));
	}

	@Test
	void listenersMayDependOnProcessesAndOnTheEngine() {
		this.runner.withBean("accounts", Accounts.class).withBean(Audit.class).run((context) -> {
			context.getBean(Accounts.class).deposit("alice", 5);
			assertThat(context.getBean(Audit.class).heard).containsExactly("commit 1 sees 1",
					"COMMITTED accounts.deposit");
		});
	}

	@Test
	void initialStateOfTheApplicationIsApplied() {
		this.runner.withBean(InitialState.class, () -> () -> Map.of("domain.accounts.alice", 7L))
			.run((context) -> assertThat(context.getBean(TheusEngine.class).state().get("domain.accounts.alice"))
				.isEqualTo(7L));
	}

	@Test
	void prototypeIsMadeForEachCallByName() {
		this.runner.withUserConfiguration(ScopesConfiguration.class).run((context) -> {
			int before = Counting.made;
			TheusEngine engine = context.getBean(TheusEngine.class);
			engine.execute("prototype.count");
			engine.execute("prototype.count");
			assertThat(Counting.made).isEqualTo(before + 2);
			context.getBean("prototype", Counting.class).count();
			assertThat(engine.state().get("domain.count")).isEqualTo(3L);
		});
	}

	@Test
	void lazyBeanIsRegisteredAtStartAndMadeByItsFirstCall() {
		this.runner.withUserConfiguration(ScopesConfiguration.class).run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton("lazy")).isFalse();
			context.getBean(TheusEngine.class).execute("lazy.count");
			assertThat(context.getBean(TheusEngine.class).state().get("domain.count")).isEqualTo(1L);
		});
	}

	@Test
	void scopedBeanIsCalledThroughItsScopedProxy() {
		this.runner.withUserConfiguration(ScopesConfiguration.class).run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			engine.execute("scoped.count");
			context.getBean("scoped", Counting.class).count();
			context.getBean("scopedWithoutProxy", Counting.class).count();
			engine.execute("scopedWithoutProxy.count");
			assertThat(engine.state().get("domain.count")).isEqualTo(4L);
			assertThatExceptionOfType(ContractViolationException.class)
				.isThrownBy(() -> context.getBean("scoped", Counting.class).overreach())
				.withMessageContaining("scoped.overreach");
		});
	}

	@Test
	void beanWhoseClassShowsLateIsRegisteredWhenItIsMade() {
		this.runner.withUserConfiguration(ScopesConfiguration.class).run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			context.getBean("hidden", Runnable.class).run();
			engine.execute("hidden.count");
			assertThat(engine.state().get("domain.count")).isEqualTo(1L);
		});
	}

	@Test
	void productOfFactoryBeanIsGuarded() {
		this.runner.withUserConfiguration(ScopesConfiguration.class).run((context) -> {
			context.getBean("product", Counting.class).count();
			context.getBean(TheusEngine.class).execute("product.count");
			assertThat(context.getBean(TheusEngine.class).state().get("domain.count")).isEqualTo(2L);
		});
	}

	@Test
	void processesAreFoundOnInterfacesAndByComposedAnnotations() {
		this.runner.withBean("handler", TextHandler.class).withBean("queries", Queries.class).run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			assertThat(engine.processes().all()).extracting(ProcessDefinition::id)
				.containsExactly("handler.byDefault", "handler.handle", "queries.read");
			Handler<String> handler = context.getBean(TextHandler.class);
			handler.handle("x");
			handler.byDefault("y");
			assertThat(engine.state().get("domain.handled")).isEqualTo("y");
			assertThat(engine.processes().get("queries.read").contract().inputs()).hasToString("[domain.handled]");
			assertThat(engine.<String>execute("queries.read")).isEqualTo("y");
		});
	}

	@Test
	void proxyMadeFromInterfacesIsJoined() {
		this.runner.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.withUserConfiguration(OtherAdviceConfiguration.class)
			.withBean("handler", TextHandler.class)
			.run((context) -> {
				assertThat(context.getBean("handler")).isNotInstanceOf(TextHandler.class);
				context.getBean(TheusEngine.class).execute("handler.handle", "x");
				handlerOf(context).byDefault("y");
				assertThat(context.getBean(TheusEngine.class).state().get("domain.handled")).isEqualTo("y");
			});
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void noOtherBeanIsMadeTooEarly(CapturedOutput output) {
		this.runner.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
			.withUserConfiguration(OtherAdviceConfiguration.class)
			.withBean("handler", TextHandler.class)
			.run((context) -> assertThat(output).doesNotContain("is not eligible for getting processed"));
	}

	@SuppressWarnings("unchecked")
	private static Handler<String> handlerOf(AssertableApplicationContext context) {
		return context.getBean(Handler.class);
	}

	@Test
	void methodHiddenByProxyMadeFromInterfacesIsRefused() {
		this.runner.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.withUserConfiguration(OtherAdviceConfiguration.class)
			.withBean("hiding", Hiding.class)
			.run((context) -> assertThatFailure(context).isInstanceOf(InvalidContractException.class)
				.hasMessage("process 'hiding.handleAlone' is declared wrongly: its bean has a proxy made from "
						+ "interfaces and none of them declares the method, declare it in an interface or set "
						+ "spring.aop.proxy-target-class=true"));
	}

	@Test
	void privateMethodIsRefused() {
		refuses(PrivateProcess.class, "process 'bean.run' is declared wrongly: its method is private and cannot be "
				+ "intercepted, make it an instance method that is neither private nor final");
	}

	@Test
	void staticMethodIsRefused() {
		refuses(StaticProcess.class, "process 'bean.run' is declared wrongly: its method is static and cannot "
				+ "be intercepted, make it an instance method that is neither private nor final");
	}

	@Test
	void finalMethodIsRefused() {
		refuses(FinalProcess.class, "process 'bean.run' is declared wrongly: its method is final and cannot be "
				+ "intercepted, make it an instance method that is neither private nor final");
	}

	@Test
	void finalClassIsRefused() {
		refuses(FinalClass.class, "process 'bean.run' is declared wrongly: its class " + FinalClass.class.getName()
				+ " is final and cannot be intercepted, make the class not final");
	}

	private static AbstractThrowableAssert<?, ?> assertThatFailure(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		return assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()));
	}

	private void refuses(Class<?> type, String message) {
		this.runner.withBean("bean", type)
			.run((context) -> assertThatFailure(context).isInstanceOf(InvalidContractException.class)
				.hasMessage(message));
	}

	@Test
	void beanMadeTooEarlyIsRefused() {
		this.runner.withBean("accounts", Accounts.class)
			.withUserConfiguration(TooEarlyConfiguration.class)
			.run((context) -> assertThatFailure(context).isInstanceOf(InvalidContractException.class)
				.message()
				.matches(
						"process 'accounts\\.[a-z]+' is declared wrongly: its bean was made before beans are intercepted, "
								+ "define it as a bean of its own that no post-processor of beans or bean definitions depends on"));
	}

	@Test
	void beanThatTheContainerDoesNotMakeIsRefused() {
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("counting", new Counting(null)))
			.run((context) -> assertThatFailure(context).isInstanceOf(InvalidContractException.class)
				.message()
				.matches(
						"process 'counting\\.[a-z]+' is declared wrongly: its bean was made before beans are intercepted, "
								+ "define it as a bean of its own that no post-processor of beans or bean definitions depends on"));
	}

	@Test
	void frozenProxyIsRefused() {
		this.runner.withUserConfiguration(FrozenProxiesConfiguration.class)
			.withBean("bean", One.class)
			.run((context) -> assertThatFailure(context).isInstanceOf(InvalidContractException.class)
				.hasMessage(
						"process 'bean.run' is declared wrongly: its bean has a proxy that is frozen, do not freeze "
								+ "the proxies of process beans"));
	}

	@Test
	void proxyWithoutATargetIsRefused() {
		this.runner.withBean("bean", Runs.class, () -> {
			ProxyFactory factory = new ProxyFactory(Runs.class, (MethodInterceptor) (invocation) -> null);
			return (Runs) factory.getProxy();
		})
			.run((context) -> assertThatFailure(context).isInstanceOf(InvalidContractException.class)
				.hasMessage("process 'bean.run' is declared wrongly: its bean is a proxy without a target, annotate a "
						+ "method of a bean that is implemented by a class"));
	}

	@Test
	void secondProxyAroundTheFirstIsRefused() {
		this.runner.withUserConfiguration(LateProxiesConfiguration.class)
			.withBean("accounts", Accounts.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("the proxy of a process bean was put into a second proxy, which keeps its advice "
						+ "from being put in order: bean='accounts', give the auto-proxy creator that made the "
						+ "second one the highest precedence"));
	}

	@Test
	void whoeverIsGivenTheBeanBeforeTheEndSeesTheGuardedOne() {
		this.runner.withUserConfiguration(KeepingConfiguration.class)
			.withBean("accounts", Accounts.class)
			.run((context) -> assertThat(context.getBean(Keeper.class).kept).isSameAs(context.getBean(Accounts.class)));
	}

	@Test
	void processesAreRegisteredWhereAllBeansAreLazy() {
		this.runner.withBean("accounts", Accounts.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context.getBeanFactory().containsSingleton("accounts")).isFalse();
				context.getBean(TheusEngine.class).execute("accounts.deposit", "alice", 5L);
				assertThat(context.getBean(TheusEngine.class).state().get("domain.accounts.alice")).isEqualTo(5L);
			});
	}

	@Test
	void asynchronousCallOfABeanRunsAsAWholeOnTheOtherThread() {
		this.runner.withBean("letters", Letters.class)
			.withUserConfiguration(AsyncConfiguration.class)
			.run((context) -> {
				context.getBean(Letters.class).write("hello");
				TheusEngine engine = context.getBean(TheusEngine.class);
				await().until(() -> engine.state().contains("domain.letter"));
				assertThat(engine.state().get("domain.letter", String.class)).startsWith("hello by worker-");
			});
	}

	@Test
	void overloadsAreRefused() {
		this.runner.withBean("bean", Overloads.class)
			.run((context) -> assertThatFailure(context).isInstanceOf(DuplicateProcessException.class)
				.hasMessage("process 'bean.run' is registered twice, give one of the beans or methods another name"));
	}

	public static class Accounts {

		private final ProcessContext state;

		Accounts(ProcessContext state) {
			this.state = state;
		}

		@Process(updates = "domain.accounts.{owner}")
		public void deposit(String owner, long amount) {
			this.state.set("domain.accounts." + owner,
					this.state.getOrDefault("domain.accounts." + owner, 0L) + amount);
		}

		@Process
		public Long balance(String owner, @Input("domain.accounts.{owner}") Long balance) {
			return balance;
		}

	}

	static class CallsEarly {

		private final Accounts accounts;

		CallsEarly(Accounts accounts) {
			this.accounts = accounts;
		}

		@PostConstruct
		void call() {
			this.accounts.deposit("early", 1);
		}

	}

	static class Audit implements CommitListener, ProcessListener {

		final List<String> heard = new ArrayList<>();

		private final TheusEngine engine;

		Audit(TheusEngine engine, Accounts accounts) {
			assertThat(accounts).isNotNull();
			this.engine = engine;
		}

		@Override
		public void committed(CommitRecord record) {
			this.heard.add("commit " + record.version() + " sees " + this.engine.state().version());
		}

		@Override
		public void finished(ProcessExecution execution) {
			this.heard.add(execution.outcome() + " " + execution.process().id());
		}

	}

	public static class Counting implements Runnable {

		static int made;

		private final ProcessContext state;

		Counting(ProcessContext state) {
			this.state = state;
			made++;
		}

		@Process(updates = "domain.count")
		public void count() {
			this.state.set("domain.count", this.state.getOrDefault("domain.count", 0L) + 1);
		}

		@Process
		public void overreach() {
			this.state.set("domain.count", -1L);
		}

		@Override
		public void run() {
			// Only there for the interface
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopesConfiguration {

		@Bean
		static CustomScopeConfigurer threadScope() {
			CustomScopeConfigurer configurer = new CustomScopeConfigurer();
			configurer.addScope("thread", new SimpleThreadScope());
			return configurer;
		}

		@Bean
		@Scope("prototype")
		Counting prototype(ProcessContext state) {
			return new Counting(state);
		}

		@Bean
		@Lazy
		Counting lazy(ProcessContext state) {
			return new Counting(state);
		}

		@Bean
		@Lazy
		Runnable hidden(ProcessContext state) {
			return new Counting(state);
		}

		@Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Counting scoped(ProcessContext state) {
			return new Counting(state);
		}

		@Bean
		@Scope("thread")
		Counting scopedWithoutProxy(ProcessContext state) {
			return new Counting(state);
		}

		@Bean
		FactoryBean<Counting> product(ProcessContext state) {
			return new FactoryBean<>() {

				@Override
				public Counting getObject() {
					return new Counting(state);
				}

				@Override
				public Class<?> getObjectType() {
					return Counting.class;
				}

			};
		}

	}

	interface Handler<T> {

		@Process(outputs = "domain.handled")
		void handle(T value);

		@Process(outputs = "domain.handled")
		default void byDefault(T value) {
			handle(value);
		}

	}

	static class TextHandler implements Handler<String> {

		private final ProcessContext state;

		TextHandler(ProcessContext state) {
			this.state = state;
		}

		@Override
		public void handle(String value) {
			this.state.set("domain.handled", value);
		}

	}

	static class Hiding extends TextHandler {

		Hiding(ProcessContext state) {
			super(state);
		}

		@Process
		void handleAlone() {
			// Never called
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Process
	@interface Query {

		@AliasFor(annotation = Process.class, attribute = "inputs")
		String[] reads();

	}

	static class Queries {

		private final ProcessContext state;

		Queries(ProcessContext state) {
			this.state = state;
		}

		@Query(reads = "domain.handled")
		String read() {
			return this.state.get("domain.handled", String.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherAdviceConfiguration {

		@Bean
		static DefaultPointcutAdvisor otherAdvice() {
			NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
			pointcut.setMappedName("handle*");
			return new DefaultPointcutAdvisor(pointcut, (MethodInterceptor) MethodInvocation::proceed);
		}

	}

	static class Letters {

		private final ProcessContext state;

		Letters(ProcessContext state) {
			this.state = state;
		}

		@Async
		@Process(outputs = "domain.letter")
		void write(String text) {
			this.state.set("domain.letter", text + " by " + Thread.currentThread().getName());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class AsyncConfiguration {

		@Bean
		SimpleAsyncTaskExecutor workers() {
			return new SimpleAsyncTaskExecutor("worker-");
		}

	}

	static class PrivateProcess {

		@Process
		@SuppressWarnings("UnusedMethod")
		private void run() {
			// Refused before it can be called
		}

	}

	static class StaticProcess {

		@Process
		static void run() {
			// Refused before it can be called
		}

	}

	static class FinalProcess {

		@Process
		final void run() {
			// Refused before it can be called
		}

	}

	static final class FinalClass {

		@Process
		void run() {
			// Refused before it can be called
		}

	}

	static class Overloads {

		@Process
		void run() {
			// Refused before it can be called
		}

		@Process
		void run(String argument) {
			// Refused before it can be called
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TooEarlyConfiguration {

		@Bean
		static EarlyPostProcessor earlyPostProcessor(Accounts accounts) {
			return new EarlyPostProcessor();
		}

	}

	static class EarlyPostProcessor implements BeanPostProcessor, Ordered {

		@Override
		public int getOrder() {
			return 0;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LateProxiesConfiguration {

		@Bean
		static DefaultAdvisorAutoProxyCreator autoProxyCreator() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			return creator;
		}

		@Bean
		static DefaultPointcutAdvisor otherAdvice() {
			NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
			pointcut.setMappedName("deposit");
			return new DefaultPointcutAdvisor(pointcut, (MethodInterceptor) MethodInvocation::proceed);
		}

	}

	interface Runs {

		@Process
		void run();

	}

	static class One {

		@Process
		void run() {
			// Refused before it can be called
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FrozenProxiesConfiguration {

		@Bean
		static DefaultAdvisorAutoProxyCreator autoProxyCreator() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			creator.setFrozen(true);
			creator.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return creator;
		}

		@Bean
		static DefaultPointcutAdvisor otherAdvice() {
			NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
			pointcut.setMappedName("run");
			return new DefaultPointcutAdvisor(pointcut, (MethodInterceptor) MethodInvocation::proceed);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class KeepingConfiguration {

		@Bean
		static Keeper keeper() {
			return new Keeper();
		}

	}

	static class Keeper implements BeanPostProcessor, Ordered {

		Object kept;

		@Override
		public int getOrder() {
			return LOWEST_PRECEDENCE;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (bean instanceof Accounts) {
				this.kept = bean;
			}
			return bean;
		}

	}

}
