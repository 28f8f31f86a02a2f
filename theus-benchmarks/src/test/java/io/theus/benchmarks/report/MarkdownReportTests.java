package io.theus.benchmarks.report;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.theus.benchmarks.group.Effort;
import io.theus.benchmarks.group.Figure;

import static org.assertj.core.api.Assertions.assertThat;

class MarkdownReportTests {

	private final TrialResult theus = Samples.measured(Samples.THEUS, 2e6, 4e6, 3e6);

	private final TrialResult floor = Samples.measured(Samples.FLOOR, 30e6, 30e6, 30e6);

	@Test
	void rowHasMedianSpreadAndRatiosToTheReferences() {
		String report = write(this.theus, Samples.measured(Samples.PEER, 2e6, 2e6, 2e6), this.floor);
		assertThat(report).contains("""
				| candidate | conditions |  ns | least..greatest | per second | x Peer | x Floor |
				|-----------|------------|----:|----------------:|-----------:|-------:|--------:|
				| Theus     | 1 thread   | 333 |        250..500 |  3,000,000 |   1.50 |    0.10 |
				""");
	}

	@Test
	void targetsAreDecidedAndRoundsCounted() {
		String report = write(this.theus, Samples.measured(Samples.PEER, 3e6, 2e6, 2e6), this.floor);
		assertThat(report).containsPattern("1\\.00x the speed of Peer +\\| met +\\| +1\\.50x \\| 2 of 3 \\|")
			.containsPattern("5\\.00x the cost of Floor +\\| \\*\\*missed\\*\\* +\\| +10\\.00x \\| 0 of 3 \\|");
	}

	@Test
	void losingRowsAreNamed() {
		String report = write(this.theus, Samples.measured(Samples.PEER, 6e6, 6e6, 6e6), this.floor);
		assertThat(report).contains("- Theus, 1 thread: the peer Peer is 2.00x as fast\n")
			.contains("- Theus, 1 thread: the floor Floor is 10.00x as fast\n")
			.doesNotContain("loses nowhere");
	}

	@Test
	void failedTrialStaysInTheTableAndDoesNotCount() {
		String report = write(this.theus, Samples.failed(Samples.PEER, "3 updates are lost"), this.floor);
		assertThat(report).containsPattern("\\| Peer +\\| 1 thread +\\| failed \\|")
			.contains("- failed: Peer, 1 thread: 3 updates are lost\n")
			.containsPattern("speed of Peer +\\| not measured \\|")
			.doesNotContain("the peer Peer is");
	}

	@Test
	void smokeRunSaysSoAndFullRunDoesNot() {
		assertThat(MarkdownReport.write(Samples.result(Effort.quick(), this.theus))).contains("This is a smoke run")
			.contains("-Dbenchmarks=sample -Dbenchmarks.quick=true\n");
		assertThat(write(this.theus)).doesNotContain("smoke run").contains("-Dbenchmarks=sample\n");
	}

	@Test
	void ratiosFarFromOneStayReadable() {
		String report = write(Samples.measured(Samples.THEUS, 2e3), Samples.measured(Samples.PEER, 9e6));
		assertThat(report).contains("| 0.0002 |").contains("the peer Peer is 4,500x as fast");
	}

	@Test
	void slowRatesStayReadable() {
		assertThat(write(Samples.measured(Samples.THEUS, 2.754)))
			.contains("| 363,108,206 | 363,108,206..363,108,206 |       2.75 |");
	}

	@Test
	void fairnessAndHeapAreShownWhereTheyAreMeasured() {
		assertThat(write(this.theus)).doesNotContain("slowest/mean").doesNotContain("heap MiB");
		TrialResult both = new TrialResult(this.floor.trial(),
				List.of(new Sample(Map.of(Figure.SPEED, 1e6, Figure.FAIRNESS, 0.42, Figure.HEAP, 3.5 * (1 << 20)))),
				null);
		assertThat(write(this.theus, both)).contains("| per second | slowest/mean | heap MiB |")
			.contains("|  1,000,000 |         0.42 |      3.5 |")
			.contains("|  3,000,000 |              |          |");
	}

	@Test
	void heapOfEachIsShownWhereItIsMeasured() {
		assertThat(write(this.theus)).doesNotContain("bytes each");
		TrialResult waiting = new TrialResult(this.floor.trial(),
				List.of(new Sample(Map.of(Figure.SPEED, 1e6, Figure.HEAP, 1e6, Figure.HEAP_EACH, 2740.4))), null);
		assertThat(write(this.theus, waiting)).contains("| per second | heap MiB | bytes each |")
			.contains("|  1,000,000 |      1.0 |      2,740 |");
	}

	@Test
	void candidatesWithFewerRoundsAreNamed() {
		TrialResult few = new TrialResult(this.floor.trial().rounds(1), this.floor.samples(), null);
		assertThat(write(this.theus, few)).contains("Rounds: 3, but 1 for Floor; figures");
		assertThat(write(this.theus)).contains("Rounds: 3; figures");
	}

	private static String write(TrialResult... results) {
		return MarkdownReport.write(Samples.result(Samples.FULL, results));
	}

}
