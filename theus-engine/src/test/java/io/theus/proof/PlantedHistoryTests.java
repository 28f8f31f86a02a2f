package io.theus.proof;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.theus.proof.Access.Question;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gives the checkers histories with anomalies that have names. Each checker has to find
 * each of them, and to find nothing in the histories that only look bad.
 */
class PlantedHistoryTests {

	@Test
	void lostUpdate() {
		Recording recording = Histories.of(Map.of("n", 1))
			.commit("A", 2, read("domain.n", 1), write("domain.n", 2))
			.commit("B", 3, read("domain.n", 1), write("domain.n", 3))
			.endingAs(Map.of("n", 3));
		assertThat(SerialReplay.findViolation(recording))
			.isEqualTo("B (snapshot 1, version 3) saw that the value of 'domain.n' is 1, but serially it is 2");
		assertThat(Dependencies.findViolation(recording)).isEqualToNormalizingNewlines("""
				cycle (G2):
				A (snapshot 1, version 2) saw 'domain.n'=1, which the next replaced:
				B (snapshot 1, version 3) saw 'domain.n'=1, which the next replaced:
				A (snapshot 1, version 2)""");
	}

	@Test
	void writeSkew() {
		Recording recording = Histories.of(Map.of("a", 1, "b", 2))
			.commit("A", 2, read("domain.a", 1), read("domain.b", 2), write("domain.a", 3))
			.commit("B", 3, read("domain.a", 1), read("domain.b", 2), write("domain.b", 4))
			.endingAs(Map.of("a", 3, "b", 4));
		assertThat(SerialReplay.findViolation(recording)).contains("B (snapshot 1, version 3)", "'domain.a' is 1");
		assertThat(Dependencies.findViolation(recording)).startsWith("cycle (G2)").contains("'domain.a'", "'domain.b'");
	}

	@Test
	void phantom() {
		Recording recording = Histories.of(Map.of("m", Map.of("x", 1)))
			.commit("A", 2, keys("domain.m", "x"), write("domain.m.y", 2))
			.commit("B", 3, keys("domain.m", "x"), write("domain.m.z", 3))
			.endingAs(Map.of("m", Map.of("x", 1, "y", 2, "z", 3)));
		assertThat(SerialReplay.findViolation(recording))
			.isEqualTo("B (snapshot 1, version 3) saw that the keys of 'domain.m' is [x], but serially it is [x, y]");
		assertThat(Dependencies.findViolation(recording)).startsWith("cycle (G2)")
			.contains("saw nothing at 'domain.m.y', which the next wrote");
	}

	@Test
	void absenceThatWasNotValidated() {
		Recording recording = Histories.of(Map.of("m", Map.of()))
			.commit("A", 2, read("domain.m.x", Access.ABSENT), write("domain.m.y", 2))
			.commit("B", 3, read("domain.m.y", Access.ABSENT), write("domain.m.x", 3))
			.endingAs(Map.of("m", Map.of("x", 3, "y", 2)));
		assertThat(SerialReplay.findViolation(recording)).contains("'domain.m.y' is nothing, but serially it is 2");
		assertThat(Dependencies.findViolation(recording)).startsWith("cycle (G2)");
	}

	@Test
	void fracturedRead() {
		Recording recording = Histories.of(Map.of("a", 1, "b", 2))
			.commit("A", 2, read("domain.a", 1), read("domain.b", 2), write("domain.a", 3), write("domain.b", 4))
			.look("R", 2, read("domain.a", 3), read("domain.b", 2))
			.endingAs(Map.of("a", 3, "b", 4));
		assertThat(SerialReplay.findViolation(recording)).contains("R (snapshot 2, version 2)",
				"'domain.b' is 2, but serially it is 4");
		assertThat(Dependencies.findViolation(recording)).startsWith("cycle (G-single)");
	}

	@Test
	void staleRead() {
		Recording recording = Histories.of(Map.of("n", 1))
			.commitWithin("A", 10, 20, 2, read("domain.n", 1), write("domain.n", 2))
			.lookWithin("R", 30, 40, 1, read("domain.n", 1))
			.endingAs(Map.of("n", 2));
		assertThat(SerialReplay.findViolation(recording)).isEqualTo("R (snapshot 1, version 1) began after "
				+ "A (snapshot 1, version 2) had returned and read an older version");
		assertThat(Dependencies.findViolation(recording)).isEqualToNormalizingNewlines("""
				cycle (stale read):
				A (snapshot 1, version 2) ended before the next began:
				R (snapshot 1, version 1) saw 'domain.n'=1, which the next replaced:
				A (snapshot 1, version 2)""");
	}

	@Test
	void readersThatDisagreeOnTheOrder() {
		Recording recording = Histories.of(Map.of("a", 1, "b", 2))
			.commit("A", 2, read("domain.a", 1), write("domain.a", 3))
			.commit("B", 3, read("domain.b", 2), write("domain.b", 4))
			.look("R", 2, read("domain.a", 3), read("domain.b", 2))
			.look("S", 2, read("domain.a", 1), read("domain.b", 4))
			.endingAs(Map.of("a", 3, "b", 4));
		assertThat(SerialReplay.findViolation(recording)).contains("S (snapshot 2, version 2)");
		assertThat(Dependencies.findViolation(recording)).startsWith("cycle (G2)").contains("R (", "S (");
	}

	@Test
	void valueThatWasNeverCommitted() {
		Recording recording = Histories.of(Map.of("n", 1))
			.commit("A", 2, write("domain.n", 2), write("domain.n", 3))
			.look("R", 2, read("domain.n", 2))
			.endingAs(Map.of("n", 3));
		assertThat(SerialReplay.findViolation(recording)).contains("'domain.n' is 2, but serially it is 3");
		assertThat(Dependencies.findViolation(recording))
			.isEqualTo("R (snapshot 2, version 2) saw 'domain.n'=2, which no committed transaction left there");
	}

	@Test
	void writeThatIsNotInTheEnd() {
		Recording recording = Histories.of(Map.of("n", 1))
			.commit("A", 2, read("domain.n", 1), write("domain.n", 2))
			.endingAs(Map.of("n", 1));
		assertThat(SerialReplay.findViolation(recording)).startsWith("the state ends as {domain={n=1}}");
		assertThat(Dependencies.findViolation(recording)).startsWith("cycle (stale read)");
	}

	@Test
	void appendThatWasLost() {
		Recording recording = Histories.of(Map.of())
			.commit("A", 2, append("domain.log", 1))
			.commit("B", 3, append("domain.log", 2))
			.endingAs(Map.of("log", List.of(2)));
		assertThat(SerialReplay.findViolation(recording)).startsWith("the state ends as");
		assertThat(Dependencies.findViolation(recording)).contains("'domain.log'=1 elements of 2 appended");
	}

	@Test
	void lengthOfALogThatWasNotValidated() {
		Recording recording = Histories.of(Map.of())
			.commit("A", 2, read("domain.log", Access.ABSENT), append("domain.log", 1))
			.commit("B", 3, read("domain.log", Access.ABSENT), append("domain.log", 2))
			.endingAs(Map.of("log", List.of(1, 2)));
		assertThat(SerialReplay.findViolation(recording)).contains("'domain.log' is nothing, but serially it is [1]");
		assertThat(Dependencies.findViolation(recording)).startsWith("cycle (G-single)");
	}

	@Test
	void gapBetweenVersions() {
		Recording recording = Histories.of(Map.of("n", 1))
			.commit("A", 2, write("domain.n", 2))
			.commit("B", 4, write("domain.m", 3))
			.endingAs(Map.of("n", 2, "m", 3));
		assertThat(SerialReplay.findViolation(recording)).isEqualTo("B (snapshot 1, version 4) should be the one that "
				+ "made version 3: versions have no gaps and no doubles");
	}

	@Test
	void twoCommitsOfOneVersion() {
		Recording recording = Histories.of(Map.of("n", 1))
			.commit("A", 2, write("domain.n", 2))
			.commit("B", 2, write("domain.m", 3))
			.endingAs(Map.of("n", 2, "m", 3));
		assertThat(SerialReplay.findViolation(recording)).contains("no gaps and no doubles");
	}

	@Test
	void historyThatOnlyLooksBadIsFine() {
		Recording recording = Histories.of(Map.of("a", 1, "b", 2, "m", Map.of("x", 5)))
			.commit("A", 2, read("domain.a", 1), write("domain.a", 3), read("domain.a", 3))
			.commit("B", 3, read("domain.b", 2), write("domain.b", 4), append("domain.log", 1))
			.look("R", 1, read("domain.a", 1), read("domain.b", 2))
			.commitFrom("C", 2, 4, keys("domain.m", "x"), write("domain.m.x", Access.ABSENT), append("domain.log", 2))
			.commitFrom("D", 4, 5, keys("domain.m"), write("domain.m.x", 6), read("domain.log", List.of(1, 2)))
			.look("S", 3, read("domain", Map.of("a", 3, "b", 4, "m", Map.of("x", 5), "log", List.of(1))))
			.endingAs(Map.of("a", 3, "b", 4, "m", Map.of("x", 6), "log", List.of(1, 2)));
		assertThat(SerialReplay.findViolation(recording)).isNull();
		assertThat(Dependencies.findViolation(recording)).isNull();
	}

	private static Access read(String path, Object seen) {
		return new Access.Read(path, Question.VALUE, seen);
	}

	private static Access keys(String path, String... seen) {
		return new Access.Read(path, Question.KEYS, List.of(seen));
	}

	private static Access write(String path, Object value) {
		return new Access.Write(path, value);
	}

	private static Access append(String path, Object element) {
		return new Access.Append(path, element);
	}

}
