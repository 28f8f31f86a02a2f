package io.theus.run;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.run.MermaidChart.Exit;
import io.theus.run.StepVisit.Outcome;
import io.theus.workflow.Block;
import io.theus.workflow.CallOptions;
import io.theus.workflow.CallStep;
import io.theus.workflow.EmitStep;
import io.theus.workflow.ErrorHandler;
import io.theus.workflow.EveryStep;
import io.theus.workflow.FailStep;
import io.theus.workflow.ForEachStep;
import io.theus.workflow.GroupStep;
import io.theus.workflow.IfStep;
import io.theus.workflow.Name;
import io.theus.workflow.Operand;
import io.theus.workflow.ParallelStep;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.ReturnStep;
import io.theus.workflow.SleepStep;
import io.theus.workflow.Step;
import io.theus.workflow.StepVisitor;
import io.theus.workflow.SwitchStep;
import io.theus.workflow.WaitStep;
import io.theus.workflow.WhileStep;
import io.theus.workflow.WorkflowStep;

/**
 * Draws one step: connects what leads to it, and returns the loose ends that lead to
 * whatever comes next.
 */
final class StepDrawing implements StepVisitor<List<Exit>> {

	private static final String BOX = "[%s]";

	private static final String ROUNDED = "(%s)";

	private static final String STADIUM = "([%s])";

	private static final String FRAMED = "[[%s]]";

	private static final String DIAMOND = "{%s}";

	private static final String HEXAGON = "{{%s}}";

	private final MermaidChart chart;

	private final List<Exit> entries;

	private final RunMarks marks;

	StepDrawing(MermaidChart chart, List<Exit> entries) {
		this.chart = chart;
		this.entries = entries;
		this.marks = chart.marks();
	}

	private String node(Step step, String shape, String label) {
		String node = this.chart.node(shape, label);
		this.chart.mark(node, this.marks.classOf(step));
		this.chart.connect(this.entries, node);
		return node;
	}

	// The id only if somebody chose it
	private static String named(Step step, String what) {
		boolean named = !step.id().equals(step.address()) && !step.id().equals(what);
		return named ? step.id() + ": " + what : what;
	}

	private List<Exit> way(Step step, Block block, String node, String label) {
		return this.chart.block(block,
				List.of(Exit.of(node, label, this.marks.count(step, Outcome.ENTERED, block.name()))));
	}

	@Override
	public List<Exit> process(ProcessStep step) {
		String node = node(step, BOX, named(step, step.process().text()));
		return called(step, step.options(), node);
	}

	@Override
	public List<Exit> call(CallStep step) {
		String allowed = String.join(", ", step.allowed().stream().map(Name::text).toList());
		String node = node(step, BOX, named(step, "call " + step.process() + " of " + allowed));
		return called(step, step.options(), node);
	}

	private List<Exit> called(Step step, CallOptions options, String node) {
		Name undo = options.compensation();
		if (undo != null) {
			String undoing = this.chart.node(ROUNDED, undo.text());
			boolean undone = this.marks.count(step, Outcome.COMPENSATED) > 0;
			this.chart.mark(undoing, undone ? "compensated" : null);
			this.chart.connect(List.of(new Exit(node, "undo", true, undone ? 1 : 0)), undoing);
		}
		List<Exit> exits = new ArrayList<>(List.of(Exit.of(node)));
		for (ErrorHandler handler : options.handlers()) {
			long caught = this.marks.count(step, Outcome.CAUGHT, handler.block().name());
			exits.addAll(
					this.chart.block(handler.block(), List.of(new Exit(node, handler.error().text(), true, caught))));
		}
		return exits;
	}

	@Override
	public List<Exit> choice(IfStep step) {
		List<Exit> exits = new ArrayList<>();
		List<Exit> open = this.entries;
		long reaching = otherwise(step, step.otherwise());
		for (IfStep.Branch branch : step.branches()) {
			reaching += this.marks.count(step, Outcome.ENTERED, branch.block().name());
		}
		boolean first = true;
		for (IfStep.Branch branch : step.branches()) {
			String condition = this.chart.node(DIAMOND, branch.condition().text());
			this.chart.mark(condition, (first || reaching > 0) ? this.marks.classOf(step) : null);
			this.chart.connect(open, condition);
			exits.addAll(way(step, branch.block(), condition, "yes"));
			reaching -= this.marks.count(step, Outcome.ENTERED, branch.block().name());
			open = List.of(Exit.of(condition, "no", reaching));
			first = false;
		}
		exits.addAll((step.otherwise() != null) ? this.chart.block(step.otherwise(), open) : open);
		return exits;
	}

	// How often no condition held
	private long otherwise(Step step, @Nullable Block block) {
		return (block != null) ? this.marks.count(step, Outcome.ENTERED, block.name())
				: this.marks.count(step, Outcome.PASSED);
	}

	@Override
	public List<Exit> choice(SwitchStep step) {
		String node = node(step, DIAMOND, step.value().toString());
		List<Exit> exits = new ArrayList<>();
		step.cases().forEach((each) -> exits.addAll(way(step, each.block(), node, "= " + each.value())));
		Exit open = Exit.of(node, "else", otherwise(step, step.otherwise()));
		exits.addAll((step.otherwise() != null) ? this.chart.block(step.otherwise(), List.of(open)) : List.of(open));
		return exits;
	}

	@Override
	public List<Exit> loop(WhileStep step) {
		String node = node(step, DIAMOND, step.condition().text());
		this.chart.connect(way(step, step.body(), node, "yes"), node);
		return List.of(Exit.of(node, "no", this.marks.count(step, Outcome.PASSED)));
	}

	@Override
	public List<Exit> forEach(ForEachStep step) {
		String together = (step.parallel() > 1) ? ", " + step.parallel() + " at a time" : "";
		String node = node(step, HEXAGON, named(step, step.variable() + " in " + step.items() + together));
		this.chart.connect(way(step, step.body(), node, "each"), node);
		return List.of(Exit.of(node, "done", this.marks.count(step, Outcome.COMPLETED)));
	}

	@Override
	public List<Exit> every(EveryStep step) {
		String until = (step.until() != null) ? " until " + step.until() : "";
		String node = node(step, HEXAGON, named(step, "every " + step.period() + until));
		this.chart.connect(way(step, step.body(), node, "each"), node);
		return (step.until() == null) ? List.of()
				: List.of(Exit.of(node, "done", this.marks.count(step, Outcome.PASSED)));
	}

	@Override
	public List<Exit> group(GroupStep step) {
		return this.chart.framed(step.body(), step.id(), this.entries);
	}

	@Override
	public List<Exit> parallel(ParallelStep step) {
		String fork = node(step, HEXAGON, named(step, "parallel"));
		List<Exit> exits = new ArrayList<>();
		step.branches().forEach((branch) -> exits.addAll(this.chart.block(branch, List.of(Exit.of(fork)))));
		String join = this.chart.node(HEXAGON, (step.join() == ParallelStep.Join.ALL) ? "all" : "any");
		boolean joined = this.marks.count(step, Outcome.COMPLETED) > 0;
		this.chart.mark(join, joined ? this.marks.classOf(step) : null);
		this.chart.connect(exits, join);
		return List.of(Exit.of(join));
	}

	@Override
	public List<Exit> workflow(WorkflowStep step) {
		return List.of(Exit.of(node(step, FRAMED, named(step, "workflow " + step.workflow()))));
	}

	@Override
	public List<Exit> await(WaitStep step) {
		String what = (step.signal() != null) ? "wait for " + step.signal() : "wait until " + step.until();
		String where = (step.where() != null) ? " where " + step.where() : "";
		Operand timeout = step.timeout();
		String limit = (timeout != null) ? ", at most " + timeout : "";
		String node = node(step, STADIUM, named(step, what + where + limit));
		List<Exit> exits = new ArrayList<>();
		exits.addAll((step.then() != null) ? way(step, step.then(), node, "then") : List.of(Exit.of(node)));
		if (step.otherwise() != null) {
			exits.addAll(way(step, step.otherwise(), node, "too late"));
		}
		return exits;
	}

	@Override
	public List<Exit> sleep(SleepStep step) {
		return List.of(Exit.of(node(step, STADIUM, named(step, "sleep " + step.duration()))));
	}

	@Override
	public List<Exit> emit(EmitStep step) {
		return List.of(Exit.of(node(step, ROUNDED, named(step, "emit " + step.signal()))));
	}

	@Override
	public List<Exit> returning(ReturnStep step) {
		this.chart.end(Exit.of(node(step, ROUNDED, named(step, "return " + step.value()))));
		return List.of();
	}

	@Override
	public List<Exit> fail(FailStep step) {
		node(step, STADIUM, named(step, "fail " + step.error()));
		return List.of();
	}

}
