package io.theus.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.expression.ExpressionSyntaxException;
import io.theus.workflow.Block;
import io.theus.workflow.IfStep;
import io.theus.workflow.InputType;
import io.theus.workflow.InvalidInputException;
import io.theus.workflow.InvalidWorkflowException;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.Workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WorkflowBuilderTests {

	private final WorkflowFixture fixture = new WorkflowFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void workflowFromJavaRunsLikeOneFromADocument() {
		Workflow built = Workflow.named("built")
			.input("amount", InputType.INTEGER)
			.input("text", InputType.TEXT, "none")
			.maxOps(100)
			.process("add_amount")
			.process("add_amount", Map.of("amount", "#{results.add_amount * 2}"))
			.id("doubled")
			.when("domain.n > 10", (then) -> then.process("note", Map.of("text", "big")),
					(otherwise) -> otherwise.process("note"))
			.when("domain.absent", (then) -> then.process("reserve"))
			.repeatWhile("domain.n < 20", (body) -> body.process("increment"))
			.group("last",
					(body) -> body.process("echo",
							Map.of("value", Arrays.asList("#{domain.n}", null, Map.of("k", "#{inputs.text}!")))))
			.build();
		this.fixture.workflows().add(built);
		Run run = this.fixture.workflows().run("built", Map.of("amount", 4));
		assertThat(run.results().get("doubled")).isEqualTo(12L);
		assertThat(run.result()).isEqualTo(Arrays.asList(20L, null, Map.of("k", "none!")));
		assertThat(this.fixture.state("domain.notes")).isEqualTo(List.of("big"));
	}

	@Test
	void definitionTellsItsSteps() {
		Workflow built = Workflow.named("built")
			.process("a.b", Map.of("x", "#{1}"))
			.when("true", (then) -> then.process("c"), (otherwise) -> otherwise.process("c"))
			.build();
		assertThat(built.source()).isEqualTo("Java");
		assertThat(built.options().maxOps()).isNull();
		ProcessStep first = (ProcessStep) built.body().steps().get(0);
		assertThat(first.id()).isEqualTo("b");
		assertThat(first.process().text()).isEqualTo("a.b");
		assertThat(first.position()).isEmpty();
		assertThat(first.arguments().toMap()).isEqualTo(Map.of("x", "#{1}"));
		IfStep second = (IfStep) built.body().steps().get(1);
		assertThat(second.id()).isEqualTo("steps[1]");
		assertThat(second.blocks()).extracting(Block::name).containsExactly("then", "else");
		assertThat(second.blocks()).extracting(Block::address).containsExactly("steps[1].then", "steps[1].else");
		assertThat(second.blocks().get(0).steps().get(0).id()).isEqualTo("c");
		assertThat(second.blocks().get(1).steps().get(0).id()).isEqualTo("steps[1].else[0]");
	}

	@Test
	void mistakesAreReportedWithoutAPlace() {
		assertThatExceptionOfType(InvalidWorkflowException.class)
			.isThrownBy(() -> this.fixture.workflows().add(Workflow.named("a").process("incremnt").build()))
			.withMessageStartingWith(
					"invalid workflow 'a': process 'incremnt' not found, did you mean 'increment', known=[");
		assertThatExceptionOfType(InvalidWorkflowException.class)
			.isThrownBy(() -> this.fixture.workflows()
				.add(Workflow.named("a").process("addAmount", Map.of("amonut", 1)).build()))
			.withMessage("invalid workflow 'a': process 'counter.addAmount' has no argument 'amonut', "
					+ "did you mean 'amount', known=[amount]");
		assertThatExceptionOfType(InvalidWorkflowException.class)
			.isThrownBy(() -> Workflow.named("a").process("b").id("x").process("c").id("x").build())
			.withMessage("invalid workflow 'a': duplicate step id 'x', give one of the steps another id");
		assertThatExceptionOfType(ExpressionSyntaxException.class)
			.isThrownBy(() -> Workflow.named("a").when("domian.x", (then) -> then.process("b")))
			.withMessage(
					"invalid expression: unknown name 'domian', did you mean 'domain', known=[cmd, domain, global, inputs, meta, "
							+ "results, run, signal]: position=0\ndomian.x\n^");
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> Workflow.named("a").input("x", InputType.LIST, "text"))
			.withMessage("input 'x' of workflow 'a' is invalid: the type does not fit, expected=list, "
					+ "actual=java.lang.String, pass another value");
		assertThatIllegalStateException().isThrownBy(() -> Workflow.named("a").id("x"))
			.withMessage("id 'x' belongs to no step, add the step before it");
		assertThatIllegalArgumentException().isThrownBy(() -> Workflow.named(" "))
			.withMessage("a workflow needs a name: name=' '");
	}

	@Test
	void failureOfAnExpressionFromJavaShowsTheExpression() {
		this.fixture.workflows()
			.add(Workflow.named("a").repeatWhile("domain.n < 3", (body) -> body.process("increment")).build());
		assertThatExceptionOfType(WorkflowExpressionException.class).isThrownBy(() -> this.fixture.workflows().run("a"))
			.withMessage("cannot evaluate expression of step 'steps[0]' in workflow 'a': '<' needs two numbers, two "
					+ "texts or two times of one type, left=None, right=integer, 'domain.n' is absent, compare it with None "
					+ "first or read it with get(key, default): position=9\ndomain.n < 3\n         ^")
			.satisfies((ex) -> {
				assertThat(ex.workflow()).isEqualTo("a");
				assertThat(ex.step()).isEqualTo("steps[0]");
				assertThat(ex.expression()).isEqualTo("domain.n < 3");
				assertThat(ex.problem()).startsWith("'<' needs");
				assertThat(ex.position()).isNull();
			});
	}

}
