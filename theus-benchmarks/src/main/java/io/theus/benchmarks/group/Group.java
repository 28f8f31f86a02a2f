package io.theus.benchmarks.group;

import java.util.List;

/**
 * Trials on the same work, whose results stand in one table.
 *
 * @param name what selects the group on the command line
 * @param work what one operation does
 * @param references the candidates that each row is compared with, in the order of the
 * table's columns
 * @param trials the trials, in the order of the table's rows
 * @param targets what Theus has to reach
 * @param effort how long is measured unless only a smoke run is wanted
 * @param heap the heap of each measured JVM, as the JVM's options take it
 * @since 0.1.0
 */
public record Group(String name, String work, List<Candidate> references, List<Trial> trials, List<Target> targets,
		Effort effort, String heap) {

	/**
	 * Create a group.
	 */
	public Group {
		references = List.copyOf(references);
		trials = List.copyOf(trials);
		targets = List.copyOf(targets);
	}

}
