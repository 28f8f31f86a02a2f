package io.theus.spring.boot.autoconfigure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Flux;

import io.theus.ContractVariable;
import io.theus.InitialState;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.StatePath;
import io.theus.annotation.Process;
import io.theus.annotation.SignalListener;
import io.theus.engine.TheusEngine;
import io.theus.workflow.Workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application prints that fails to start, by really starting it.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartUpFailureTests {

	private static final String CODE = "Correct the definition in the code.";

	private static final String DOCUMENT = "Correct the document at the marked place.";

	private static final String DECLARATIONS = "Correct one of the declarations that are named.";

	@Test
	void wrongContract(CapturedOutput output) {
		fail(WrongContract.class);
		reported(output,
				"Process 'bean.transfer' is declared wrongly: placeholder '{form}' in input "
						+ "'domain.accounts.{form}' has no source, did you mean 'from'.",
				"Name an argument or an @Input parameter: available=[from].");
	}

	@Test
	void contractVariableThatDoesNotExist(CapturedOutput output) {
		fail(NoVariable.class);
		assertThat(output)
			.contains("Process 'bean.read' is declared wrongly: placeholder '{@tenat}' in input "
					+ "'domain.{@tenat}' has no source, did you mean '@tenant'.")
			.contains("Define a ContractVariable of that name: available=[key, @tenant].");
	}

	@Test
	void contractVariablesOfOneName(CapturedOutput output) {
		fail(TwoVariables.class);
		assertThat(output).contains("Contract variable 'tenant' is declared wrongly: its name is taken by another one.")
			.contains("Rename one of them.");
	}

	@Test
	void pureProcessWithSideEffects(CapturedOutput output) {
		fail(SideEffects.class);
		reported(output,
				"Process 'bean.price' is declared wrongly: a PURE process cannot declare sideEffects=[http:prices].",
				"Declare semantic = EFFECT or remove them.");
	}

	@Test
	void callOfAProcessThatDoesNotExist(CapturedOutput output) {
		fail(WrongCall.class);
		reported(output, "Process 'bean.order' is declared wrongly: it calls 'chrage', and no process has that name, "
				+ "did you mean 'charge'.", "Name the id or the unique name of a process.");
	}

	@Test
	void startOfAWorkflowThatDoesNotExist(CapturedOutput output) {
		fail(WrongStart.class);
		reported(output,
				"Process 'bean.order' is declared wrongly: it starts 'fulfill', and no workflow has that name, "
						+ "did you mean 'fulfil'.",
				"Name a workflow, or '*' for all.");
	}

	@Test
	void processThatCannotBeIntercepted(CapturedOutput output) {
		fail(PrivateProcess.class);
		reported(output, "Process 'bean.run' is declared wrongly: its method is private and cannot be intercepted.",
				"Make it an instance method that is neither private nor final.");
	}

	@Test
	void signalListenerThatCannotBeCalled(CapturedOutput output) {
		fail(PrivateListener.class);
		reported(output, "Signal listener 'bean.done' is declared wrongly: its method is private.",
				"Make it an instance method that is not private.");
	}

	@Test
	void signalListenerOfAWrongTopic(CapturedOutput output) {
		fail(WrongTopic.class);
		reported(output,
				"Signal listener 'bean.done' is declared wrongly: invalid topic pattern 'sig/*': position=3, "
						+ "use letters, digits, '.', '_', '-' and '*'.",
				"Name a topic in @SignalListener, such as 'sig_done' or 'sig_*'.");
	}

	@Test
	void asynchronousProcessThatIsTransactional(CapturedOutput output) {
		fail(TransactionalMethod.class);
		reported(output,
				"Process 'bean.run' is declared wrongly: it is asynchronous and its method is @Transactional: "
						+ "that transaction ends when the method returns.",
				"Remove the annotation there, or let the process return the value itself.");
	}

	@Test
	void asynchronousProcessOfATransactionalClass(CapturedOutput output) {
		fail(TransactionalClass.class);
		reported(output,
				"Process 'bean.run' is declared wrongly: it is asynchronous and its class is @Transactional: "
						+ "that transaction ends when the method returns.",
				"Remove the annotation there, or let the process return the value itself.");
	}

	@Test
	void processThatReturnsAStream(CapturedOutput output) {
		fail(Streaming.class);
		reported(output,
				"Process 'bean.run' is declared wrongly: its method returns a stream (Flux), and a process returns "
						+ "one value.",
				"Return the elements as one value that is there later, such as Mono<List<...>>, or a CompletableFuture.");
	}

	@Test
	void duplicateProcess(CapturedOutput output) {
		fail(Overloads.class);
		reported(output, "Process 'bean.run' is registered twice.",
				"Give one of the beans another name, or one of the methods if they are of one bean.");
	}

	@Test
	void ambiguousUse(CapturedOutput output) {
		fail(Ambiguous.class);
		reported(output, "Process 'run' not found: the name is ambiguous, use one of the ids [one.run, two.run].",
				"Use the id or the unique name of a process, or define a bean with a method annotated with @Process.");
	}

	@Test
	void invalidPath(CapturedOutput output) {
		fail(WrongPath.class);
		reported(output,
				"""
						'domian.total' is not a path: unknown layer 'domian', did you mean 'domain', a path begins with domain, \
						global or local:

						    domian.total
						    ^
						""",
				"Correct the path at the marked position.");
	}

	@Test
	void workflowThatNamesNoProcess(CapturedOutput output) {
		fail(Nothing.class, "--theus.workflows.definitions[0]=name: fulfil\nsteps:\n  - shop\n");
		reported(output, """
				Workflow 'fulfil' is invalid: process 'shop' not found, known=[]:

				    theus.workflows.definitions[0], line 3, column 5

				      - shop
				        ^
				""", DOCUMENT);
	}

	@Test
	void auditRecipeThatNamesNoProcess(CapturedOutput output) {
		fail(Nothing.class, "--theus.audit.location=classpath:shop/audit-of-nobody.yml");
		reported(output,
				"""
						An audit recipe cannot be enforced: process 'nobody' not found, name the id or the unique name of a process:

						    class path resource [shop/audit-of-nobody.yml], line 2, column 3

						      nobody: { level: A }
						      ^
						""",
				DOCUMENT);
	}

	@Test
	void workflowThatIsNoYaml(CapturedOutput output) {
		fail(Nothing.class, "--theus.workflows.definitions[0]=name: fulfil\nsteps: a: b\n");
		reported(output, """
				Document 'theus.workflows.definitions[0]' cannot be used: mapping values are not allowed here:

				    theus.workflows.definitions[0], line 2, column 9

				    steps: a: b
				            ^
				""", DOCUMENT);
	}

	@Test
	void workflowWithUnknownKey(CapturedOutput output) {
		fail(Nothing.class, "--theus.workflows.definitions[0]=name: fulfil\nstepz: []\n");
		reported(output, """
				Workflow 'theus.workflows.definitions[0]' is invalid: unknown key 'stepz', did you mean 'steps', \
				known=[inputs, isolation, max-ops, name, on, on-error, steps, timeout, version]:

				    theus.workflows.definitions[0], line 2, column 1

				    stepz: []
				    ^
				""", DOCUMENT);
	}

	@Test
	void workflowWithoutAName(CapturedOutput output) {
		fail(Nothing.class, "--theus.workflows.definitions[0]=steps: []\n");
		reported(output,
				"Property 'theus.workflows.definitions[0]' is invalid: the workflow has no name, begin it with 'name:'.",
				"Change the value in your configuration.");
	}

	@Test
	void workflowBuiltInCodeThatNamesNoProcess(CapturedOutput output) {
		fail(Flows.class);
		reported(output, "Workflow 'built' is invalid: process 'shop' not found, known=[].", CODE);
	}

	@Test
	void workflowBuiltInCodeWithAWrongExpression(CapturedOutput output) {
		fail(WrongExpression.class);
		reported(output, """
				An expression is invalid: unknown name 'domian', did you mean 'domain', known=[cmd, domain, global, \
				inputs, meta, results, run, signal]:

				    domian.x
				    ^
				""", "Correct the expression at the marked position.");
	}

	@Test
	void initialStateThatDoesNotFitTheSchema(CapturedOutput output) {
		fail(Nothing.class, "--theus.state.location=classpath:shop/wrong-state.yml",
				"--theus.state.schema=classpath:shop/stock-schema.yml");
		reported(output,
				"""
						Document 'class path resource [shop/wrong-state.yml]' cannot be used: value at 'domain.stock.apple.count' \
						does not fit the schema: expected=java.lang.Long actual=java.lang.String, store a value of the declared \
						type:

						    class path resource [shop/wrong-state.yml], line 3, column 34

						        apple: { name: Apple, count: none }
						                                     ^
						""",
				DOCUMENT);
	}

	@Test
	void initialStateInCodeThatDoesNotFitTheSchema(CapturedOutput output) {
		fail(WrongState.class, "--theus.state.schema=classpath:shop/stock-schema.yml");
		reported(output,
				"Value at 'domain.stock.apple.count' does not fit the schema: expected=java.lang.Long "
						+ "actual=java.lang.String, store a value of the declared type.",
				"Correct the initial state or the schema.");
	}

	@Test
	void initialStatesThatContradictEachOther(CapturedOutput output) {
		fail(TwoStates.class);
		String lambda = TwoStates.class.getName() + "$$Lambda";
		reported(output, "Initial content at 'domain.limit' differs: first=initial state 1 '" + lambda
				+ "' second=initial state 2 '" + lambda + "', keep one of them.", DECLARATIONS);
	}

	@Test
	void initialStateThatNobodyMayStore(CapturedOutput output) {
		fail(MutableState.class);
		reported(output,
				"Initial content at 'domain.note' is refused: source=initial state 1 '" + MutableState.class.getName()
						+ "$$Lambda', value of type int[] cannot be stored at "
						+ "'domain.note': an array is mutable, use a List.",
				DECLARATIONS);
	}

	@Test
	void schemaThatMakesNoSense(CapturedOutput output) {
		fail(Nothing.class, "--theus.state.schema=classpath:shop/wrong-schema.yml");
		reported(output, "Schema declaration 'class path resource [shop/wrong-schema.yml]:2:13' at 'local.a' is "
				+ "invalid: nothing below 'local' is ever committed.", DECLARATIONS);
	}

	@Test
	void mergeRuleThatNobodyHas(CapturedOutput output) {
		fail(Nothing.class, "--theus.state.merge[0].path=domain.n", "--theus.state.merge[0].rule=sun");
		reported(output,
				"Property 'theus.state.merge[0].rule' is invalid: no merge rule is called 'sun', did you mean 'sum', "
						+ "known=[sum, max, min, append, union].",
				"Change the value in your configuration.");
	}

	@Test
	void mergeRulesForTheSamePlace(CapturedOutput output) {
		fail(Nothing.class, "--theus.state.merge[0].path=domain.*", "--theus.state.merge[0].rule=sum",
				"--theus.state.merge[1].path=domain.n", "--theus.state.merge[1].rule=max");
		reported(output, "Merge rule for 'domain.n' is invalid: 'domain.*' is about the same places, keep one of them.",
				DECLARATIONS);
	}

	@Test
	void volatilePathWithAPlaceholder(CapturedOutput output) {
		fail(Nothing.class, "--theus.state.volatile=domain.{id}");
		reported(output, "Property 'theus.state.volatile' is invalid: volatile path has a placeholder: "
				+ "pattern='domain.{id}', use '*' for any key.", "Change the value in your configuration.");
	}

	@Test
	void limitedPathThatMakesNoSense(CapturedOutput output) {
		fail(Nothing.class, "--theus.endpoints.paths[0].path=domain.{id}", "--theus.endpoints.paths[0].roles=ADMIN",
				"--management.endpoints.web.exposure.include=*");
		reported(output, "Property 'theus.endpoints.paths[0]' is invalid: path 'domain.{id}' has placeholders, "
				+ "use '*' for any key: placeholders=[id].", "Change the value in your configuration.");
	}

	@Test
	void limitedPathThatNobodyMaySee(CapturedOutput output) {
		fail(Nothing.class, "--theus.endpoints.paths[0].path=domain.a");
		reported(output, "Property 'theus.endpoints.paths[0]' is invalid: path 'domain.a' has no roles, "
				+ "name those who may see it.", "Change the value in your configuration.");
	}

	@Test
	void propertyThatBreaksItsConstraint(CapturedOutput output) {
		fail(Nothing.class, "--theus.conflict.max-attempts=0", "--theus.process.timeout=-1s",
				"--theus.workflows.keep-ended=-1");
		assertThat(output).contains("Property: theus.conflict.maxAttempts")
			.contains("Value: \"0\"")
			.contains("Reason: must be greater than or equal to 1")
			.contains("Property: theus.workflows.keepEnded")
			.contains("Reason: must be greater than or equal to 0")
			.contains("Property: theus.process.timeout")
			.contains("Reason: must be a positive duration, for example 5s");
	}

	@Test
	void propertiesThatDoNotFitTogether(CapturedOutput output) {
		fail(Nothing.class, "--theus.conflict.base=10s", "--theus.conflict.cap=1s");
		reported(output, "Property 'theus.conflict' is invalid: the waits between attempts are out of order: "
				+ "base=PT10S cap=PT1S, use 0 <= base <= cap.", "Change the value in your configuration.");
	}

	@Test
	void failureOfProcessKeepsItsStackTrace(CapturedOutput output) {
		fail(FailsAtStart.class);
		assertThat(output).contains("ContractViolationException").doesNotContain("Description:");
	}

	private static void fail(Class<?> source, String... arguments) {
		SpringApplication application = new SpringApplication(Application.class, source);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(Map.of("spring.main.banner-mode", "off", "theus.workflows.locations", ""));
		assertThatException().isThrownBy(() -> application.run(arguments).close());
	}

	private static void reported(CapturedOutput output, String description, String action) {
		String report = output.getOut().replaceFirst("(?s).*APPLICATION FAILED TO START\\R\\**\\R", "");
		assertThat(report.strip())
			.isEqualTo("Description:\n\n%s\n\nAction:\n\n%s".formatted(description, action).strip());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
			TheusAuditAutoConfiguration.class, TheusStateAutoConfiguration.class, WorkflowAutoConfiguration.class,
			SignalAutoConfiguration.class, TheusEndpointAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	static class PrivateListener {

		@Bean
		Hidden bean() {
			return new Hidden();
		}

		static class Hidden {

			@SignalListener("sig_done")
			@SuppressWarnings("UnusedMethod")
			private void done() {
				// Refused before it can be called
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WrongTopic {

		@Bean
		Listening bean() {
			return new Listening();
		}

		static class Listening {

			@SignalListener("sig/*")
			void done() {
				// Refused before it can be called
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WrongContract {

		@Bean
		Transfers bean() {
			return new Transfers();
		}

		static class Transfers {

			@Process(inputs = "domain.accounts.{form}")
			void transfer(String from) {
				// Refused before it can be called
			}

		}

	}

	static class WrongCall {

		@Bean
		Desk bean() {
			return new Desk();
		}

		static class Desk {

			@Process(calls = "chrage", sideEffects = "http:payments")
			void order() {
				// Refused before it can be called
			}

			@Process(sideEffects = "http:payments")
			void charge() {
				// Refused before it can be called
			}

		}

	}

	static class WrongStart {

		@Bean
		Counter bean() {
			return new Counter();
		}

		@Bean
		Workflow fulfil() {
			return Workflow.named("fulfil").build();
		}

		static class Counter {

			@Process(starts = { "fulfil", "fulfill" })
			void order() {
				// Refused before it can be called
			}

		}

	}

	static class NoVariable {

		@Bean
		ContractVariable tenant() {
			return ContractVariable.of("tenant", () -> "acme");
		}

		@Bean
		Reader bean() {
			return new Reader();
		}

		static class Reader {

			@Process(inputs = "domain.{@tenat}")
			void read(String key) {
				// Refused before it can be called
			}

		}

	}

	static class TwoVariables {

		@Bean
		ContractVariable first() {
			return ContractVariable.of("tenant", () -> "acme");
		}

		@Bean
		ContractVariable second() {
			return ContractVariable.of("tenant", () -> "bolt");
		}

	}

	static class SideEffects {

		@Bean
		Prices bean() {
			return new Prices();
		}

		static class Prices {

			@Process(semantic = Semantic.PURE, sideEffects = "http:prices")
			void price() {
				// Refused before it can be called
			}

		}

	}

	static class PrivateProcess {

		@Bean
		HiddenProcess bean() {
			return new HiddenProcess();
		}

		static class HiddenProcess {

			@Process
			@SuppressWarnings("UnusedMethod")
			private void run() {
				// Refused before it can be called
			}

		}

	}

	static class TransactionalMethod {

		@Bean
		Later bean() {
			return new Later();
		}

		static class Later {

			@Process
			@Transactional
			CompletableFuture<String> run() {
				return CompletableFuture.completedFuture("x");
			}

		}

	}

	static class TransactionalClass {

		@Bean
		Interfaced bean() {
			return new Interfaced();
		}

		static class Interfaced implements TransactionalByInterface {

			@Process
			CompletableFuture<String> run() {
				return CompletableFuture.completedFuture("x");
			}

		}

		@Transactional
		interface TransactionalByInterface {

		}

	}

	static class Streaming {

		@Bean
		Streams bean() {
			return new Streams();
		}

		static class Streams {

			@Process
			Flux<String> run() {
				return Flux.empty();
			}

		}

	}

	static class Overloads {

		@Bean
		Overloaded bean() {
			return new Overloaded();
		}

		static class Overloaded {

			@Process
			void run() {
				// Refused before it can be called
			}

			@Process
			void run(String argument) {
				// Refused before it can be called
			}

		}

	}

	static class Ambiguous {

		@Bean
		Twin one() {
			return new Twin();
		}

		@Bean
		Twin two() {
			return new Twin();
		}

		@Bean
		ApplicationRunner runner(TheusEngine engine) {
			return (arguments) -> engine.execute("run");
		}

		static class Twin {

			@Process
			void run() {
				// Never called
			}

		}

	}

	static class Flows {

		@Bean
		Workflow built() {
			return Workflow.named("built").process("shop").build();
		}

	}

	static class WrongState {

		@Bean
		InitialState stock() {
			return () -> Map.of("domain.stock.apple.count", "none");
		}

	}

	static class WrongExpression {

		@Bean
		Workflow built() {
			return Workflow.named("built").when("domian.x", (then) -> then.process("shop")).build();
		}

	}

	static class MutableState {

		@Bean
		InitialState note() {
			return () -> Map.of("domain.note", new int[0]);
		}

	}

	static class TwoStates {

		@Bean
		InitialState one() {
			return () -> Map.of("domain.limit", 1);
		}

		@Bean
		InitialState two() {
			return () -> Map.of("domain.limit", 2);
		}

	}

	static class WrongPath {

		@Bean
		StatePath<Long> total() {
			return StatePath.of("domian.total", Long.class);
		}

	}

	static class FailsAtStart {

		@Bean
		Undeclared bean(ProcessContext state) {
			return new Undeclared(state);
		}

		@Bean
		ApplicationRunner runner(Undeclared bean) {
			return (arguments) -> bean.run();
		}

		static class Undeclared {

			private final ProcessContext state;

			Undeclared(ProcessContext state) {
				this.state = state;
			}

			@Process
			void run() {
				this.state.set("domain.total", 1);
			}

		}

	}

}
