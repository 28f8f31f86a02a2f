package io.theus.spring.boot.autoconfigure;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.validation.annotation.Validated;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs an application from what is generated ahead of time, on the JVM.
 */
@CompileWithForkedClassLoader
class AheadOfTimeTests {

	@Test
	void processesAreGuardedInAnApplicationGeneratedAheadOfTime() {
		TestGenerationContext generation = new TestGenerationContext();
		AnnotationConfigApplicationContext source = new AnnotationConfigApplicationContext();
		source.register(Application.class);
		new ApplicationContextAotGenerator().processAheadOfTime(source, generation);
		generation.writeGeneratedContent();
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				TestPropertyValues.of("theus.workflows.locations=").applyTo(context);
				initializer(compiled.getInstance(ApplicationContextInitializer.class)).initialize(context);
				context.refresh();
				run(context);
			}
		});
	}

	@SuppressWarnings("unchecked")
	private static ApplicationContextInitializer<GenericApplicationContext> initializer(Object generated) {
		return (ApplicationContextInitializer<GenericApplicationContext>) generated;
	}

	private static void run(GenericApplicationContext context) {
		TheusEngine engine = context.getBean(TheusEngine.class);
		context.getBean(Counter.class).add(1);
		engine.execute("add", 2);
		assertThat(engine.state().get("domain.count")).isEqualTo(3);
		assertThatExceptionOfType(ConstraintViolationException.class)
			.isThrownBy(() -> context.getBean(Counter.class).add(-1));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ValidationAutoConfiguration.class, ProcessBeansAutoConfiguration.class,
			TheusAutoConfiguration.class, TheusStateAutoConfiguration.class, WorkflowAutoConfiguration.class })
	static class Application {

		@Bean
		Counter counter(ProcessContext state) {
			return new Counter(state);
		}

	}

	@Validated
	public static class Counter {

		private final ProcessContext state;

		Counter(ProcessContext state) {
			this.state = state;
		}

		@Process(updates = "domain.count")
		public void add(@Positive int amount) {
			this.state.set("domain.count", this.state.getOrDefault("domain.count", 0) + amount);
		}

	}

}
