package io.theus.benchmarks.report;

import java.util.List;
import java.util.Optional;

import io.theus.benchmarks.group.Candidate;
import io.theus.benchmarks.group.Cell;
import io.theus.benchmarks.group.Effort;
import io.theus.benchmarks.group.Figure;
import io.theus.benchmarks.group.Group;
import io.theus.benchmarks.group.Target;

/**
 * What came out of a group.
 *
 * @param group the group
 * @param effort how long was measured
 * @param facts where and when it was run
 * @param results one result per trial, in the order of the trials
 * @since 0.1.0
 */
public record GroupResult(Group group, Effort effort, RunFacts facts, List<TrialResult> results) {

	/**
	 * Create the result of a group.
	 */
	public GroupResult {
		results = List.copyOf(results);
	}

	/**
	 * Return the command that runs the group again.
	 * @return a command line, to be run in the root directory of the project
	 */
	public String command() {
		String command = "mvn -pl theus-benchmarks -am -Pbenchmarks verify -Dbenchmarks=" + this.group.name();
		if (this.effort.isQuick()) {
			return command + " -Dbenchmarks.quick=true";
		}
		return command;
	}

	/**
	 * Return the verdicts on the group's targets.
	 * @return one verdict per target, in their order
	 */
	public List<Verdict> verdicts() {
		return this.group.targets().stream().map(this::verdict).toList();
	}

	/**
	 * Return the trials of Theus that failed.
	 * @return the results that do not count
	 */
	public List<TrialResult> failuresOfTheus() {
		return this.results.stream().filter((result) -> isTheus(result) && !result.counts()).toList();
	}

	/**
	 * Find the candidates that beat Theus.
	 * @return the results that are faster than the result of Theus in the same column
	 */
	List<Defeat> defeats() {
		return this.results.stream()
			.filter((result) -> isTheus(result) && result.counts())
			.flatMap((theus) -> this.results.stream()
				.filter((other) -> beats(other, theus))
				.map((other) -> new Defeat(theus, other)))
			.toList();
	}

	Optional<TrialResult> find(Cell cell) {
		return this.results.stream()
			.filter((result) -> result.trial().cell().equals(cell) && result.counts())
			.findFirst();
	}

	private Verdict verdict(Target target) {
		Optional<TrialResult> subject = find(target.subject());
		Optional<TrialResult> reference = find(target.reference());
		Figure figure = target.measure().figure();
		if (subject.isEmpty() || reference.isEmpty() || !subject.get().has(figure) || !reference.get().has(figure)) {
			return Verdict.notMeasured(target);
		}
		return Verdict.of(target, subject.get().series(figure), reference.get().series(figure));
	}

	private static boolean isTheus(TrialResult result) {
		return result.trial().cell().candidate().role() == Candidate.Role.THEUS;
	}

	private static boolean beats(TrialResult other, TrialResult theus) {
		return !isTheus(other) && other.counts() && other.trial().cell().column().equals(theus.trial().cell().column())
				&& other.speed().median() > theus.speed().median();
	}

	/**
	 * A column in which another candidate is faster.
	 *
	 * @param theus the result of Theus
	 * @param winner the result of the other candidate
	 */
	record Defeat(TrialResult theus, TrialResult winner) {

	}

}
