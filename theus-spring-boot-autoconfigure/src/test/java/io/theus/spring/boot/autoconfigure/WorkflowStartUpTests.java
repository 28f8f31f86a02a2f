package io.theus.spring.boot.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.ProcessContext;
import io.theus.annotation.Process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application prints about its workflows when it starts, by really starting it.
 */
@ExtendWith(OutputCaptureExtension.class)
class WorkflowStartUpTests {

	@Test
	void compensationInAFileThatDoesNotExist(CapturedOutput output) {
		refused("--theus.workflows.locations=classpath:shop/workflows/fulfil.yml");
		reported(output, """
				Workflow 'fulfil' is invalid: process 'refnd' not found, did you mean 'refund', \
				known=[charge, payments.charge, payments.refund, refund]:

				    class path resource [shop/workflows/fulfil.yml], line 5, column 17

				        compensate: refnd
				                    ^
				""");
	}

	@Test
	void argumentThatTheProcessDoesNotHave(CapturedOutput output) {
		refused("""
				steps:
				  - process: charge
				    with: { amuont: 5 }
				""");
		reported(output, """
				Workflow 'pay' is invalid: process 'payments.charge' has no argument 'amuont', did you mean 'amount', \
				known=[amount]:

				    theus.workflows.definitions[0], line 4, column 13

				        with: { amuont: 5 }
				                ^
				""");
	}

	@Test
	void argumentThatIsMissing(CapturedOutput output) {
		refused("""
				steps:
				  - charge
				""");
		reported(output, """
				Workflow 'pay' is invalid: argument 'amount' of process 'payments.charge' is missing, add it to 'with' \
				or to the inputs of the workflow:

				    theus.workflows.definitions[0], line 3, column 5

				      - charge
				        ^
				""");
	}

	@Test
	void errorThatTheProcessDoesNotDeclare(CapturedOutput output) {
		refused("""
				steps:
				  - process: charge
				    with: { amount: 5 }
				    catch: { CardDeclind: [] }
				""");
		reported(output, """
				Workflow 'pay' is invalid: process 'payments.charge' declares no error 'CardDeclind', did you mean \
				'CardDeclined', declared=[CardDeclined], add it to the errors of the process:

				    theus.workflows.definitions[0], line 5, column 14

				        catch: { CardDeclind: [] }
				                 ^
				""");
	}

	@Test
	void allowedProcessThatDoesNotExist(CapturedOutput output) {
		refused("""
				steps:
				  - flux: call
				    process: "#{domain.next}"
				    allow: [charge, refnd]
				""");
		reported(output, """
				Workflow 'pay' is invalid: process 'refnd' not found, did you mean 'refund', \
				known=[charge, payments.charge, payments.refund, refund]:

				    theus.workflows.definitions[0], line 5, column 21

				        allow: [charge, refnd]
				                        ^
				""");
	}

	@Test
	void otherWorkflowThatDoesNotExist(CapturedOutput output) {
		refused("""
				steps:
				  - flux: workflow
				    name: chek
				""", "--theus.workflows.definitions[1]=name: check\nsteps: []");
		reported(output, """
				Workflow 'pay' is invalid: workflow 'chek' not found, did you mean 'check', known=[check, pay]:

				    theus.workflows.definitions[0], line 4, column 11

				        name: chek
				              ^
				""");
	}

	@Test
	void expressionWithATypo(CapturedOutput output) {
		refused("""
				steps:
				  - flux: if
				    condition: "domain.ok and domain.id = 1"
				    then: []
				""");
		reported(output, """
				Workflow 'pay' is invalid: invalid expression: assignment is not possible, compare with '==':

				    theus.workflows.definitions[0], line 4, column 41

				        condition: "domain.ok and domain.id = 1"
				                                            ^
				""");
	}

	@Test
	void resultOfAStepThatDoesNotExist(CapturedOutput output) {
		refused("""
				steps:
				  - process: charge
				    with: { amount: "#{results.chrage}" }
				""");
		reported(output, """
				Workflow 'pay' is invalid: expression reads 'results.chrage', but there is no step 'chrage' that has a \
				result, did you mean 'charge', known=[charge]:

				    theus.workflows.definitions[0], line 4, column 21

				        with: { amount: "#{results.chrage}" }
				                        ^
				""");
	}

	@Test
	void stepIdThatIsTaken(CapturedOutput output) {
		refused("""
				steps:
				  - { process: charge, id: pay, with: { amount: 5 } }
				  - { process: charge, id: pay, with: { amount: 5 } }
				""");
		reported(output, """
				Workflow 'pay' is invalid: duplicate step id 'pay', it was given before in line 3, give one of the \
				steps another id:

				    theus.workflows.definitions[0], line 4, column 28

				      - { process: charge, id: pay, with: { amount: 5 } }
				                               ^
				""");
	}

	@Test
	void twoWorkflowsOfOneName(CapturedOutput output) {
		refused("steps: []", "--theus.workflows.definitions[1]=name: pay\nsteps: []");
		reported(output, """
				Workflow 'pay' is invalid: duplicate name, there is a workflow 'pay' already, \
				sources=[theus.workflows.definitions[0], theus.workflows.definitions[1]], rename one of them:

				    theus.workflows.definitions[1], line 1, column 7

				    name: pay
				          ^
				""");
	}

	@Test
	void parallelStepsThatWriteOnePlaceAreNamedOnce(CapturedOutput output) {
		start("--theus.workflows.definitions[0]=name: pay\nsteps: [[{ process: charge, with: { amount: 1 } }, "
				+ "{ process: charge, with: { amount: 2 } }]]");
		assertThat(output.getOut().split("are in parallel branches", -1)).hasSize(2);
	}

	private static void refused(String workflow, String... further) {
		String[] arguments = new String[further.length + 1];
		arguments[0] = workflow.startsWith("--") ? workflow : "--theus.workflows.definitions[0]=name: pay\n" + workflow;
		System.arraycopy(further, 0, arguments, 1, further.length);
		assertThatException().isThrownBy(() -> start(arguments));
	}

	private static void start(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(Map.of("spring.main.banner-mode", "off", "theus.workflows.locations", ""));
		application.run(arguments).close();
	}

	private static void reported(CapturedOutput output, String description) {
		String report = output.getOut().replaceFirst("(?s).*APPLICATION FAILED TO START\\R\\**\\R", "");
		assertThat(report.strip()).isEqualTo("Description:\n\n%s\n\nAction:\n\n%s"
			.formatted(description, "Correct the document at the marked place.")
			.strip());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
			TheusStateAutoConfiguration.class, WorkflowAutoConfiguration.class })
	static class Application {

		@Bean
		Payments payments(ProcessContext state) {
			return new Payments(state);
		}

	}

	static class CardDeclined extends RuntimeException {

	}

	static class Payments {

		private final ProcessContext state;

		Payments(ProcessContext state) {
			this.state = state;
		}

		@Process(outputs = "domain.charged", errors = CardDeclined.class)
		void charge(long amount) {
			this.state.set("domain.charged", amount);
		}

		@Process(outputs = "domain.charged")
		void refund(long amount) {
			this.state.set("domain.charged", -amount);
		}

	}

}
