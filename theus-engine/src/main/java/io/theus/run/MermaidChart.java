package io.theus.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.Block;
import io.theus.workflow.Step;
import io.theus.workflow.Workflow;

/**
 * Draws a workflow as a Mermaid flowchart, on request with the path of a run.
 */
// Nodes and arrows are kept apart, because an arrow within a subgraph would draw both of
// its ends into it, and because styles refer to arrows by their number.
final class MermaidChart {

	private static final String INDENT = "    ";

	private static final Map<String, String> STYLES = Map.of("done", "fill:#d9f2d9,stroke:#2e7d32", "active",
			"fill:#d6e8fa,stroke:#1565c0,stroke-width:3px", "waiting", "fill:#fff3cd,stroke:#b8860b", "failed",
			"fill:#f8d7da,stroke:#b00020", "compensated", "fill:#e8e0f0,stroke:#6a1b9a,stroke-dasharray:4");

	private final RunMarks marks;

	private final StringBuilder text = new StringBuilder("flowchart TD\n");

	private final List<String> arrows = new ArrayList<>();

	private final List<String> taken = new ArrayList<>();

	private final Map<String, List<String>> classes = new LinkedHashMap<>();

	// What leads to the end from within
	private final List<Exit> endings = new ArrayList<>();

	private String indent = INDENT;

	private int nodes;

	private MermaidChart(RunMarks marks) {
		this.marks = marks;
	}

	/**
	 * Draw a definition.
	 * @param workflow the workflow
	 * @return the chart as Mermaid text
	 */
	static String of(Workflow workflow) {
		return of(workflow, RunMarks.NONE);
	}

	/**
	 * Draw a run.
	 * @param workflow its workflow
	 * @param marks where it was
	 * @return the chart as Mermaid text
	 */
	static String of(Workflow workflow, RunMarks marks) {
		return new MermaidChart(marks).draw(workflow);
	}

	private String draw(Workflow workflow) {
		String start = node("([%s])", workflow.name());
		List<Exit> exits = new ArrayList<>(block(workflow.body(), List.of(Exit.of(start))));
		exits.addAll(this.endings);
		connect(exits, node("([%s])", "end"));
		Block onError = workflow.options().onError();
		if (onError != null) {
			this.endings.clear();
			List<Exit> after = new ArrayList<>(block(onError, List.of(Exit.of(node("([%s])", "on error")))));
			after.addAll(this.endings);
			connect(after, node("([%s])", "failed"));
		}
		this.arrows.forEach(this::line);
		style();
		return this.text.toString();
	}

	private void style() {
		this.classes.forEach((name, members) -> {
			line("classDef %s %s".formatted(name, STYLES.get(name)));
			line("class %s %s".formatted(String.join(",", members), name));
		});
		if (!this.taken.isEmpty()) {
			line("linkStyle %s stroke:#2e7d32,stroke-width:3px".formatted(String.join(",", this.taken)));
		}
	}

	RunMarks marks() {
		return this.marks;
	}

	// Draws steps and returns the loose ends that lead to whatever comes next
	List<Exit> block(Block block, List<Exit> entries) {
		List<Exit> exits = entries;
		for (Step step : block.steps()) {
			exits = step.accept(new StepDrawing(this, exits));
		}
		return exits;
	}

	// Draws steps with a frame around them
	List<Exit> framed(Block block, String title, List<Exit> entries) {
		String outer = this.indent;
		line("subgraph n" + this.nodes++ + "[" + quoted(title) + "]");
		this.indent = outer + INDENT;
		List<Exit> exits = block(block, entries);
		this.indent = outer;
		line("end");
		return exits;
	}

	String node(String shape, String label) {
		String name = "n" + this.nodes++;
		line(name + shape.formatted(quoted(label)));
		return name;
	}

	void mark(String node, @Nullable String name) {
		if (name != null) {
			this.classes.computeIfAbsent(name, (missing) -> new ArrayList<>()).add(node);
		}
	}

	void connect(List<Exit> exits, String target) {
		for (Exit exit : exits) {
			if (exit.taken() > 0) {
				this.taken.add(String.valueOf(this.arrows.size()));
			}
			this.arrows.add(exit.node() + exit.arrow() + " " + target);
		}
	}

	void end(Exit exit) {
		this.endings.add(exit);
	}

	private void line(String line) {
		this.text.append(this.indent).append(line).append('\n');
	}

	// Mermaid reads '#...;' in a label as a character, and what stands between backticks
	// as Markdown
	static String quoted(String label) {
		return '"' + label.replace("#", "#35;")
			.replace("\"", "#quot;")
			.replace("&", "#amp;")
			.replace("<", "#lt;")
			.replace(">", "#gt;")
			.replace("`", "#96;")
			.replaceAll("\\s+", " ") + '"';
	}

	/**
	 * An arrow that does not lead anywhere yet.
	 *
	 * @param node where it begins
	 * @param label what it says, empty for nothing
	 * @param dotted whether it is not the usual way
	 * @param taken how often a run went that way, as far as that is known
	 */
	record Exit(String node, String label, boolean dotted, long taken) {

		static Exit of(String node) {
			return new Exit(node, "", false, 0);
		}

		static Exit of(String node, String label, long taken) {
			return new Exit(node, label, false, taken);
		}

		private String arrow() {
			String line = this.dotted ? " -.->" : " -->";
			String said = (this.taken > 1) ? this.label + " ×" + this.taken : this.label;
			return this.label.isEmpty() ? line : line + "|" + quoted(said) + "|";
		}

	}

}
