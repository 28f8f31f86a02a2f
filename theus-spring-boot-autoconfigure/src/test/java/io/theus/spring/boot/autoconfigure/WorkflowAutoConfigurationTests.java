package io.theus.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.run.FluxSafetyTripException;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.run.StepObserver;
import io.theus.run.WorkflowObserver;
import io.theus.run.Workflows;
import io.theus.workflow.Workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class WorkflowAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				WorkflowAutoConfiguration.class))
		.withBean("orders", Orders.class);

	@Test
	void workflowOfAFileRuns() {
		this.runner.run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			assertThat(engine.workflows().names()).containsExactly("fulfil-order");
			Run run = engine.workflows().run("fulfil-order", Map.of("orderId", "o-1"));
			assertThat(run.state()).isEqualTo(RunState.COMPLETED);
			assertThat(engine.state().get("domain.orders.o-1")).isEqualTo("shipped");
		});
	}

	@Test
	void workflowsAreWrittenInPropertiesAsBlocksOfText() {
		this.runner
			.withPropertyValues("theus.workflows.locations=",
					"theus.workflows.definitions[0]=name: ship_all\nsteps:\n  - process: ship\n    with: { id: a.b }\n")
			.run((context) -> {
				context.getBean(TheusEngine.class).workflows().run("ship_all");
				assertThat(context.getBean(TheusEngine.class).state().get("domain.orders['a.b']")).isEqualTo("shipped");
			});
	}

	@Test
	void workflowInPropertiesNeedsAName() {
		this.runner.withPropertyValues("theus.workflows.definitions[0]=steps: []")
			.run((context) -> assertThat(context).getFailure()
				.hasMessage("property 'theus.workflows.definitions[0]' is invalid: the workflow has no name, begin it "
						+ "with 'name:'"));
	}

	@Test
	void workflowsInPropertiesAreNoMap() {
		this.runner.withPropertyValues("theus.workflows.definitions.nightly=steps: []")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("property 'theus.workflows.definitions.nightly' is invalid: definitions are a list of "
						+ "blocks of text, write '- |' and begin the text with 'name:'"));
	}

	@Test
	void workflowsAreBeans() {
		this.runner.withBean(Workflow.class, () -> Workflow.named("nothing").build())
			.run((context) -> assertThat(context.getBean(TheusEngine.class).workflows().names())
				.containsExactly("fulfil-order", "nothing"));
	}

	@Test
	void observersHearOfRunsAndMayDependOnTheEngine() {
		this.runner.withBean(Recorder.class).run((context) -> {
			context.getBean(TheusEngine.class).workflows().run("fulfil-order", Map.of("orderId", "o-1"));
			assertThat(context.getBean(Recorder.class).heard).startsWith(RunState.PENDING).endsWith(RunState.COMPLETED);
		});
	}

	@Test
	void runsAreLimitedByProperties() {
		this.runner.withPropertyValues("theus.workflows.max-ops=1")
			.run((context) -> assertThatExceptionOfType(FluxSafetyTripException.class)
				.isThrownBy(() -> context.getBean(TheusEngine.class)
					.workflows()
					.run("fulfil-order", Map.of("orderId", "o-1"))));
	}

	@Test
	void asManyEndedRunsAreKeptAsPropertiesSay() {
		this.runner.withPropertyValues("theus.workflows.keep-ended=1").run((context) -> {
			Workflows workflows = context.getBean(TheusEngine.class).workflows();
			workflows.run("fulfil-order", Map.of("orderId", "o-1"));
			Run last = workflows.run("fulfil-order", Map.of("orderId", "o-2"));
			await().untilAsserted(() -> assertThat(workflows.runs()).containsExactly(last));
		});
	}

	@Test
	void stepsAreToldToBeans() {
		List<String> heard = new CopyOnWriteArrayList<>();
		this.runner.withBean(StepObserver.class, () -> (run, visit, duration) -> heard.add(visit.step()))
			.run((context) -> {
				context.getBean(TheusEngine.class).workflows().run("fulfil-order", Map.of("orderId", "o-1"));
				assertThat(heard).contains("reserve");
			});
	}

	@Test
	void runsAreTracedWhereDebuggingIsOn(CapturedOutput output) {
		Logger logger = (Logger) LoggerFactory.getLogger("io.theus.run");
		logger.setLevel(Level.INFO);
		this.runner.withPropertyValues("theus.workflows.debug=true")
			.run((context) -> context.getBean(TheusEngine.class)
				.workflows()
				.run("fulfil-order", Map.of("orderId", "o-1")));
		logger.setLevel(null);
		assertThat(output).contains("reserve").contains("domain.orders[inputs.orderId] == 'reserved'");
	}

	@Test
	void workflowsAreSwitchedOff() {
		this.runner.withPropertyValues("theus.workflows.enabled=false")
			.run((context) -> assertThat(context.getBean(TheusEngine.class).workflows().names()).isEmpty());
	}

	@Test
	void locationThatDoesNotExistIsRefused() {
		this.runner.withPropertyValues("theus.workflows.locations=file:/does/not/exist.yml")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageStartingWith("property 'theus.workflows.locations' is invalid: location "
						+ "'file:/does/not/exist.yml' cannot be read: "));
	}

	static class Orders {

		private final ProcessContext state;

		Orders(ProcessContext state) {
			this.state = state;
		}

		@Process(outputs = "domain.orders.{id}")
		void reserve(String id) {
			this.state.set("domain.orders['" + id + "']", "reserved");
		}

		@Process(outputs = "domain.orders.{id}")
		void ship(String id) {
			this.state.set("domain.orders['" + id + "']", "shipped");
		}

	}

	static class Recorder implements WorkflowObserver {

		final List<RunState> heard = new ArrayList<>();

		Recorder(TheusEngine engine) {
			assertThat(engine).isNotNull();
		}

		@Override
		public void stateChanged(Run run, RunState state) {
			this.heard.add(state);
		}

	}

}
