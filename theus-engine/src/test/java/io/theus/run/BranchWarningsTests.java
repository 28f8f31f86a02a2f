package io.theus.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.Merging;
import io.theus.path.PathPattern;
import io.theus.path.ZoneDeclarations;
import io.theus.path.Zones;
import io.theus.process.SharedPlaces;
import io.theus.state.MergeRules;
import io.theus.state.VolatilePaths;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;

class BranchWarningsTests {

	private final WorkflowFixture fixture = new WorkflowFixture();

	private final Map<String, BoundWorkflow> workflows = new HashMap<>();

	BranchWarningsTests() {
		writes("pay.charge", "domain.total", "domain.orders.{id}");
		writes("pay.book", "domain.total", "domain.log_bookings");
		writes("pay.report", "domain.report", "domain.log_bookings");
		writes("pay.close", "domain.orders.{id}");
		writes("pay.closeAll", "domain");
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void writes(String id, String... patterns) {
		this.fixture.process(id, (spec) -> spec.outputs(patterns).argument("id", Object.class).body((s, args) -> null));
	}

	private BoundWorkflow bind(String text) {
		BoundWorkflow bound = BoundWorkflow.bind(WorkflowParser.parse(text, "test.yml", "pay"),
				this.fixture.engine().processes());
		this.workflows.put(bound.workflow().name(), bound);
		return bound;
	}

	private List<String> warnings(String text) {
		return warnings(text, SharedPlaces.NONE);
	}

	private List<String> warnings(String text, SharedPlaces places) {
		BoundWorkflow bound = bind(text);
		this.workflows.values().forEach((each) -> each.link(this.workflows::get));
		return bound.warnings(places);
	}

	@Test
	void branchesThatWriteOnePlaceAreNamed() {
		assertThat(warnings("inputs: { id: text }\nsteps: [[charge, book]]"))
			.containsExactly("steps 'charge' and 'book' of workflow 'pay' are in parallel branches and can both write "
					+ "'domain.total': parallel='steps[0]' processes=[pay.charge, pay.book], "
					+ "they take turns, declare a merge rule or put them in one branch");
	}

	@Test
	void stepsOfOneBranchAreNot() {
		assertThat(warnings("""
				inputs: { id: text }
				steps:
				  - flux: parallel
				    branches: [[charge, book], [report]]
				  - book
				""")).isEmpty();
	}

	@Test
	void mergeRuleIsWhatIsNeeded() {
		SharedPlaces merged = new SharedPlaces(new Zones(ZoneDeclarations.NONE),
				MergeRules.of(List.of(new MergeRules.Declared(PathPattern.parse("domain.total"), Merging.SUM))),
				VolatilePaths.NONE);
		assertThat(warnings("inputs: { id: text }\nsteps: [[charge, book]]", merged)).isEmpty();
	}

	@Test
	void logsTakeWhatAllAppend() {
		assertThat(warnings("inputs: { id: text }\nsteps: [[book, report]]")).isEmpty();
	}

	@Test
	void keysCountThatAreWrittenTheSame() {
		assertThat(warnings("""
				inputs: { id: text }
				steps:
				  - - process: close
				      id: first
				    - process: close
				      id: second
				      with: { id: "#{inputs.id}" }
				""")).singleElement()
			.asString()
			.startsWith("steps 'first' and 'second' of workflow 'pay' are in parallel branches and can both write "
					+ "'domain.orders.{id}': parallel='steps[0]' processes=[pay.close, pay.close]");
	}

	@Test
	void keysThatAreWrittenInAnotherWayDoNotCount() {
		assertThat(warnings("""
				inputs: { id: text }
				steps:
				  - - { process: close, with: { id: a } }
				    - { process: close, with: { id: b } }
				    - { process: close, with: { id: "#{inputs.id}" } }
				""")).isEmpty();
	}

	@Test
	void placesAboveOthersCountAsWell() {
		assertThat(warnings("inputs: { id: text }\nsteps: [[book, closeAll]]")).singleElement()
			.asString()
			.contains("'domain.total' and 'domain'");
	}

	@Test
	void stepsAreFoundWhereverTheyAre() {
		bind("""
				name: sub
				inputs: { id: text }
				steps:
				  - flux: for-each
				    in: "#{[1, 2]}"
				    as: each
				    do: [book]
				  - { flux: workflow, name: sub }
				""");
		assertThat(warnings("""
				inputs: { id: text }
				steps:
				  - flux: parallel
				    id: both
				    branches:
				      - - flux: run
				          steps:
				            - { flux: call, id: act, process: "#{inputs.id}", allow: [charge, close] }
				      - - { flux: workflow, name: sub }
				"""))
			.containsExactly("steps 'act' and 'book' in 'sub' of workflow 'pay' are in parallel branches and can both "
					+ "write 'domain.total': parallel='both' processes=[pay.charge, pay.book], they take turns, "
					+ "declare a merge rule or put them in one branch");
	}

	@Test
	void inputsOfAnotherWorkflowAreOthers() {
		bind("name: sub\ninputs: { id: text }\nsteps: [close, { process: close, with: { id: a } }]");
		assertThat(warnings("""
				inputs: { id: text }
				steps:
				  - - { flux: workflow, name: sub }
				    - close
				""")).isEmpty();
		assertThat(warnings("""
				inputs: { id: text }
				steps:
				  - - { flux: workflow, name: sub }
				    - { process: close, with: { id: a } }
				""")).hasSize(1);
	}

}
