package io.theus.spring.boot.autoconfigure;

import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.theus.AuditLevel;
import io.theus.audit.AuditStopException;
import io.theus.engine.TheusEngine;
import io.theus.spring.TheusEngineCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StoppedEngineReadinessTests {

	private void run(BiConsumer<ApplicationContext, TheusEngine> test) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
					TheusHealthAutoConfiguration.class))
			.withBean(ApplicationAvailabilityBean.class)
			.withBean(TheusEngineCustomizer.class,
					() -> (builder) -> builder.audit(TestRecipes.text("stop", "text", AuditLevel.STOP, 0))
						.process("stop", (spec) -> spec.argument("text", String.class).body((state, args) -> null)))
			.run((context) -> test.accept(context, context.getBean(TheusEngine.class)));
	}

	private static void stop(TheusEngine engine) {
		assertThatExceptionOfType(AuditStopException.class).isThrownBy(() -> engine.execute("stop", "bad"));
	}

	private static ReadinessState state(ApplicationContext context) {
		return context.getBean(ApplicationAvailabilityBean.class).getReadinessState();
	}

	private static void say(ApplicationContext context, ReadinessState state) {
		AvailabilityChangeEvent.publish(context, state);
	}

	@Test
	void stoppedEngineRefusesTrafficUntilItGoesOn() {
		run((context, engine) -> {
			say(context, ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(state(context)).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
			stop(engine);
			assertThat(state(context)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			engine.resume("mended");
			assertThat(state(context)).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		});
	}

	@Test
	void applicationThatBecomesReadyWithAStoppedEngineRefusesTraffic() {
		run((context, engine) -> {
			stop(engine);
			say(context, ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(state(context)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			engine.resume("mended");
			assertThat(state(context)).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		});
	}

	@Test
	void engineThatGoesOnDoesNotMakeAnApplicationReady() {
		run((context, engine) -> {
			stop(engine);
			engine.resume("before it is ready");
			assertThat(state(context)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			say(context, ReadinessState.ACCEPTING_TRAFFIC);
			stop(engine);
			say(context, ReadinessState.REFUSING_TRAFFIC);
			engine.resume("while it refuses for another reason");
			assertThat(state(context)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
		});
	}

}
