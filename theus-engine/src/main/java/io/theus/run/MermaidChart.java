package io.theus.run;

import java.util.ArrayList;
import java.util.List;

import io.theus.workflow.Block;
import io.theus.workflow.GroupStep;
import io.theus.workflow.IfStep;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.Step;
import io.theus.workflow.WhileStep;
import io.theus.workflow.Workflow;

/**
 * Draws a workflow as a Mermaid flowchart.
 */
final class MermaidChart {

	private static final String INDENT = "    ";

	private final StringBuilder text = new StringBuilder("flowchart TD\n");

	// Arrows come last: one within a subgraph would draw both of its ends into it
	private final StringBuilder arrows = new StringBuilder();

	private String indent = INDENT;

	private int nodes;

	private MermaidChart() {
	}

	static String of(Workflow workflow) {
		MermaidChart chart = new MermaidChart();
		String start = chart.node("([%s])", workflow.name());
		List<Exit> exits = chart.block(workflow.body(), List.of(new Exit(start, "")));
		chart.connect(exits, chart.node("([%s])", "end"));
		return chart.text.append(chart.arrows).toString();
	}

	// Draws steps and returns the loose ends that lead to whatever comes next
	private List<Exit> block(Block block, List<Exit> entries) {
		List<Exit> exits = entries;
		for (Step step : block.steps()) {
			exits = step(step, exits);
		}
		return exits;
	}

	private List<Exit> step(Step step, List<Exit> entries) {
		if (step instanceof IfStep choice) {
			return choice(choice, entries);
		}
		if (step instanceof WhileStep loop) {
			String condition = node("{%s}", loop.condition().text());
			connect(entries, condition);
			connect(block(loop.body(), List.of(new Exit(condition, "yes"))), condition);
			return List.of(new Exit(condition, "no"));
		}
		if (step instanceof GroupStep group) {
			return group(group, entries);
		}
		String called = ((ProcessStep) step).process().text();
		boolean named = !step.id().equals(step.address()) && !step.id().equals(called);
		String process = node("[%s]", named ? step.id() + ": " + called : called);
		connect(entries, process);
		return List.of(new Exit(process, ""));
	}

	private List<Exit> choice(IfStep choice, List<Exit> entries) {
		List<Exit> exits = new ArrayList<>();
		List<Exit> open = entries;
		for (IfStep.Branch branch : choice.branches()) {
			String condition = node("{%s}", branch.condition().text());
			connect(open, condition);
			exits.addAll(block(branch.block(), List.of(new Exit(condition, "yes"))));
			open = List.of(new Exit(condition, "no"));
		}
		exits.addAll((choice.otherwise() != null) ? block(choice.otherwise(), open) : open);
		return exits;
	}

	private List<Exit> group(GroupStep group, List<Exit> entries) {
		String outer = this.indent;
		line("subgraph n" + this.nodes++ + "[" + quoted(group.id()) + "]");
		this.indent = outer + INDENT;
		List<Exit> exits = block(group.body(), entries);
		this.indent = outer;
		line("end");
		return exits;
	}

	private String node(String shape, String label) {
		String name = "n" + this.nodes++;
		line(name + shape.formatted(quoted(label)));
		return name;
	}

	private void connect(List<Exit> exits, String target) {
		for (Exit exit : exits) {
			String arrow = exit.label().isEmpty() ? " --> " : " -->|" + exit.label() + "| ";
			this.arrows.append(INDENT).append(exit.node()).append(arrow).append(target).append('\n');
		}
	}

	private void line(String line) {
		this.text.append(this.indent).append(line).append('\n');
	}

	// Mermaid reads '#...;' in a label as a character
	private static String quoted(String label) {
		return '"' + label.replace("#", "#35;")
			.replace("\"", "#quot;")
			.replace("&", "#amp;")
			.replace("<", "#lt;")
			.replace(">", "#gt;")
			.replaceAll("\\s+", " ") + '"';
	}

	/**
	 * An arrow that does not lead anywhere yet.
	 *
	 * @param node where it begins
	 * @param label what it says
	 */
	private record Exit(String node, String label) {

	}

}
