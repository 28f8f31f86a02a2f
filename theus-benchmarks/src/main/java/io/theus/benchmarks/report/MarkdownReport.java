package io.theus.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.theus.benchmarks.group.Candidate;
import io.theus.benchmarks.group.Cell;
import io.theus.benchmarks.group.Effort;
import io.theus.benchmarks.group.Figure;

/**
 * Writes the result of a group as Markdown.
 *
 * @since 0.1.0
 */
public final class MarkdownReport {

	private static final String NOTHING = "";

	private static final double MEBIBYTE = 1 << 20;

	private final GroupResult result;

	private MarkdownReport(GroupResult result) {
		this.result = result;
	}

	/**
	 * Write a report.
	 * @param result what came out of the group
	 * @return text in Markdown that begins with a heading of the second level
	 */
	public static String write(GroupResult result) {
		MarkdownReport report = new MarkdownReport(result);
		List<String> parts = new ArrayList<>();
		parts.add("## " + result.group().name());
		if (result.effort().isQuick()) {
			parts.add("**This is a smoke run: it shows that the candidates work, and its numbers mean nothing.**");
		}
		parts.add(result.group().work());
		parts.add("```\n" + result.command() + "\n```");
		parts.add(report.conditions());
		parts.add(report.measurements());
		parts.add(report.targets());
		parts.add(report.defeats());
		return String.join("\n\n", parts) + "\n";
	}

	private String conditions() {
		RunFacts facts = this.result.facts();
		Effort effort = this.result.effort();
		return format(
				"""
						%s, %s, %s, %d cores, %d GiB, load %.1f before the run. Rounds: %s; figures are medians, with the least \
						and the greatest. Each JVM has a heap of %s and G1, %d ms of warm-up and %d ms of measurement. \
						The time is that of one operation on its thread. A column that begins with x compares speeds: above 1 \
						the row is faster.""",
				facts.date(), facts.jdk(), facts.system(), facts.cores(), facts.memoryGib(), facts.load(), rounds(),
				this.result.group().heap(), effort.warmups() * effort.millis(),
				effort.measurements() * effort.millis());
	}

	private String rounds() {
		int rounds = this.result.effort().rounds();
		Map<Integer, Set<String>> fewer = new TreeMap<>();
		for (TrialResult row : this.result.results()) {
			if (row.trial().rounds() < rounds) {
				fewer.computeIfAbsent(row.trial().rounds(), (limit) -> new LinkedHashSet<>())
					.add(row.trial().cell().candidate().name());
			}
		}
		StringBuilder text = new StringBuilder(Integer.toString(rounds));
		fewer.forEach((limit, names) -> text.append(", but %d for %s".formatted(limit, String.join(", ", names))));
		return text.toString();
	}

	private String measurements() {
		List<String> header = new ArrayList<>(
				List.of("candidate", "conditions", "ns", "least..greatest", "per second"));
		if (has(Figure.FAIRNESS)) {
			header.add("slowest/mean");
		}
		if (has(Figure.HEAP)) {
			header.add("heap MiB");
		}
		if (has(Figure.HEAP_EACH)) {
			header.add("bytes each");
		}
		this.result.group().references().forEach((candidate) -> header.add("x " + candidate.name()));
		if (hasBaselines()) {
			header.add("x own");
		}
		MarkdownTable table = new MarkdownTable(2, header);
		this.result.results().forEach((row) -> table.add(row(row)));
		return table.toString();
	}

	private List<String> row(TrialResult row) {
		Cell cell = row.trial().cell();
		List<String> cells = new ArrayList<>(List.of(cell.candidate().name(), cell.column()));
		cells.addAll(times(row));
		if (has(Figure.FAIRNESS)) {
			cells.add(row.has(Figure.FAIRNESS) ? format("%.2f", row.series(Figure.FAIRNESS).median()) : NOTHING);
		}
		if (has(Figure.HEAP)) {
			cells.add(row.has(Figure.HEAP) ? format("%,.1f", row.series(Figure.HEAP).median() / MEBIBYTE) : NOTHING);
		}
		if (has(Figure.HEAP_EACH)) {
			cells.add(row.has(Figure.HEAP_EACH) ? format("%,.0f", row.series(Figure.HEAP_EACH).median()) : NOTHING);
		}
		for (Candidate reference : this.result.group().references()) {
			cells.add(ratio(row, new Cell(reference, cell.column())));
		}
		if (hasBaselines()) {
			String baseline = row.trial().baseline();
			cells.add((baseline != null) ? ratio(row, new Cell(cell.candidate(), baseline)) : NOTHING);
		}
		return cells;
	}

	private static List<String> times(TrialResult row) {
		if (!row.counts()) {
			return List.of("failed", NOTHING, NOTHING);
		}
		Series nanos = row.nanos();
		return List.of(format("%,.0f", nanos.median()), format("%,.0f..%,.0f", nanos.min(), nanos.max()),
				rate(row.speed().median()));
	}

	private static String rate(double perSecond) {
		return format((perSecond < 100) ? "%.2f" : "%,.0f", perSecond);
	}

	private boolean has(Figure figure) {
		return this.result.results().stream().anyMatch((row) -> row.has(figure));
	}

	private boolean hasBaselines() {
		return this.result.results().stream().anyMatch((row) -> row.trial().baseline() != null);
	}

	private String ratio(TrialResult row, Cell reference) {
		Optional<TrialResult> other = this.result.find(reference);
		if (!row.counts() || other.isEmpty() || reference.equals(row.trial().cell())) {
			return NOTHING;
		}
		return ratio(row.speed().median() / other.get().speed().median());
	}

	private String targets() {
		if (this.result.group().targets().isEmpty()) {
			return "No targets.";
		}
		MarkdownTable table = new MarkdownTable(2, List.of("target", "verdict", "measured", "rounds"));
		this.result.verdicts().forEach((verdict) -> table.add(verdict(verdict)));
		return table.toString();
	}

	private static List<String> verdict(Verdict verdict) {
		String target = verdict.target().toString();
		return switch (verdict.outcome()) {
			case NOT_MEASURED -> List.of(target, "not measured", NOTHING, NOTHING);
			case MET -> verdict(verdict, "met");
			case MISSED -> verdict(verdict, "**missed**");
		};
	}

	private static List<String> verdict(Verdict verdict, String outcome) {
		return List.of(verdict.target().toString(), outcome, verdict.target().measure().format(verdict.value()),
				format("%d of %d", verdict.roundsMet(), verdict.rounds()));
	}

	private String defeats() {
		List<String> lines = new ArrayList<>();
		for (TrialResult failed : this.result.results().stream().filter((row) -> !row.counts()).toList()) {
			lines.add("- failed: " + failed.trial().cell() + ": " + Objects.requireNonNull(failed.failure()));
		}
		for (GroupResult.Defeat defeat : this.result.defeats()) {
			lines.add(defeat(defeat));
		}
		if (lines.isEmpty()) {
			return "Theus loses nowhere in this table.";
		}
		return "Where Theus loses, and what failed:\n\n" + String.join("\n", lines);
	}

	private static String defeat(GroupResult.Defeat defeat) {
		Candidate winner = defeat.winner().trial().cell().candidate();
		double factor = defeat.winner().speed().median() / defeat.theus().speed().median();
		String role = (winner.role() == Candidate.Role.FLOOR) ? "the floor" : "the peer";
		return format("- %s: %s %s is %sx as fast", defeat.theus().trial().cell(), role, winner.name(), ratio(factor));
	}

	private static String ratio(double value) {
		if (value >= 100) {
			return format("%,.0f", value);
		}
		if (value >= 0.1) {
			return format("%.2f", value);
		}
		return format("%.4f", value);
	}

	private static String format(String pattern, Object... arguments) {
		return String.format(Locale.ROOT, pattern, arguments);
	}

}
