package io.theus.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table in Markdown, its columns filled up with blanks so that it can be read as text.
 */
final class MarkdownTable {

	private final List<List<String>> rows = new ArrayList<>();

	private final int leftAligned;

	/**
	 * Create a table.
	 * @param leftAligned how many columns are texts; the others are numbers
	 * @param header the names of the columns
	 */
	MarkdownTable(int leftAligned, List<String> header) {
		this.leftAligned = leftAligned;
		this.rows.add(List.copyOf(header));
	}

	/**
	 * Add a row.
	 * @param cells as many cells as the header has
	 * @throws IllegalArgumentException if there are more or fewer
	 */
	void add(List<String> cells) {
		if (cells.size() != this.rows.get(0).size()) {
			throw new IllegalArgumentException("row does not fit the table: cells=" + cells.size() + ", columns="
					+ this.rows.get(0).size() + ", give one cell per column");
		}
		this.rows.add(List.copyOf(cells));
	}

	@Override
	public String toString() {
		List<String> lines = new ArrayList<>(this.rows.stream().map(this::line).toList());
		lines.add(1, rule());
		return String.join("\n", lines);
	}

	private String line(List<String> cells) {
		StringBuilder line = new StringBuilder("|");
		for (int column = 0; column < cells.size(); column++) {
			String blanks = " ".repeat(width(column) - cells.get(column).length());
			line.append(' ');
			line.append(isText(column) ? cells.get(column) + blanks : blanks + cells.get(column));
			line.append(" |");
		}
		return line.toString();
	}

	private String rule() {
		StringBuilder line = new StringBuilder("|");
		for (int column = 0; column < this.rows.get(0).size(); column++) {
			line.append("-".repeat(width(column) + 1));
			line.append(isText(column) ? "-|" : ":|");
		}
		return line.toString();
	}

	private boolean isText(int column) {
		return column < this.leftAligned;
	}

	private int width(int column) {
		return this.rows.stream().mapToInt((row) -> row.get(column).length()).max().orElseThrow();
	}

}
