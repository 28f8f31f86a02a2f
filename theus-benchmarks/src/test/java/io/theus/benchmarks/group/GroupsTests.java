package io.theus.benchmarks.group;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GroupsTests {

	@ParameterizedTest
	@MethodSource("io.theus.benchmarks.group.Groups#all")
	void namesInTargetsAndBaselinesAreMeasured(Group group) {
		Set<Cell> cells = new HashSet<>(group.trials().stream().map(Trial::cell).toList());
		assertThat(cells).hasSameSizeAs(group.trials());
		assertThat(cells).containsAll(group.targets().stream().map(Target::subject).toList());
		assertThat(cells).containsAll(group.targets().stream().map(Target::reference).toList());
		assertThat(cells).containsAll(group.trials()
			.stream()
			.filter((trial) -> trial.baseline() != null)
			.map((trial) -> new Cell(trial.cell().candidate(), trial.baseline()))
			.toList());
	}

	@ParameterizedTest
	@MethodSource("io.theus.benchmarks.group.Groups#all")
	void groupTakesLessThanTenMinutes(Group group) {
		int millis = group.trials().stream().mapToInt((trial) -> millis(group.effort(), trial)).sum();
		assertThat(millis / 1000).isLessThan(9 * 60);
	}

	private static int millis(Effort effort, Trial trial) {
		// Starting a JVM and filling a ledger takes one to two seconds.
		int once = 2000 + (effort.warmups() * trial.warmupFactor() + effort.measurements()) * effort.millis();
		return Math.min(effort.rounds(), trial.rounds()) * once;
	}

	@Test
	void groupsAreSelectedByName() {
		assertThat(Groups.select("growth, commit")).extracting(Group::name).containsExactly("growth", "commit");
		assertThat(Groups.select("all")).isEqualTo(Groups.all());
	}

	@Test
	void unknownGroupIsRefused() {
		List<String> names = Groups.all().stream().map(Group::name).toList();
		assertThatIllegalArgumentException().isThrownBy(() -> Groups.select("comit"))
			.withMessage("benchmark group 'comit' not found: groups=" + names + ", select some of them or 'all'");
	}

}
