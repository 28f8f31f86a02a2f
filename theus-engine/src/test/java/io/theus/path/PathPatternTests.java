package io.theus.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PathPatternTests {

	private static final List<String> NAMES = List.of("a", "b", "c");

	@ParameterizedTest
	@CsvSource({ "domain.order, domain.order, true", "domain.order, domain.order.total, true",
			"domain.order, domain.orders, false", "domain.order, domain, false", "domain.*, domain.a, true",
			"domain.*, domain.a.b.c, true", "domain.*, domain, false", "domain.*.x, domain.a.x, true",
			"domain.*.x, domain.a.b, false", "domain.*.x, domain.a.b.x, false", "domain.**, domain, true",
			"domain.**, domain.a.b, true", "domain.**, global.a, false", "domain.**.x, domain.x, true",
			"domain.**.x, domain.a.b.c.x.y, true", "domain.**.x, domain.a.b.c, false", "domain.**.x.**, domain.x, true",
			"domain.a.**.b.**.c, domain.a.b.c, true", "domain.a.**.b.**.c, domain.a.x.b.y.z.c, true",
			"domain.a.**.b.**.c, domain.a.x.c.y.b, false", "domain.**.**, domain, true", "**, global.a, true",
			"**.x, domain.a.x, true", "*.x, domain.x, true", "*.x, domain.a.x, false",
			"domain.['*'], domain.a, false" })
	void patternCoversWhatItMatchesAndEverythingBelow(String pattern, String path, boolean expected) {
		String text = pattern.replace(".['", "['");
		assertThat(PathPattern.parse(text).covers(Path.parse(path))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "domain.*, domain, true, true", "domain.**, domain, true, true", "domain.*.x, domain, true, false",
			"domain.*.x, domain.a, false, false", "domain.a, domain, false, false", "domain.a, domain.a, true, true",
			"domain.a.*, domain.a, true, true", "domain.a.*, domain.b, false, false",
			"domain.*.*, domain.a, true, true", "domain.*.*, domain, true, false", "domain.*.**, domain, true, true",
			"domain.**.x, domain, true, false", "domain.**.x, domain.a.b, true, false",
			"domain.**.*, domain, true, true", "domain.**.*, domain.a.b, true, true", "*, domain, true, true",
			"*.*, domain, true, true" })
	void keysAndChildrenOfANodeAreCoveredByAWildcard(String pattern, String path, boolean keys, boolean children) {
		assertThat(PathPattern.parse(pattern).coversKeysOf(Path.parse(path))).as("keys").isEqualTo(keys);
		assertThat(PathPattern.parse(pattern).coversChildrenOf(Path.parse(path))).as("children").isEqualTo(children);
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(Arguments.of("", 0, "it is empty, write for example 'domain.orders'"),
				Arguments.of("domain.a*", 7,
						"'*' stands for a whole segment and cannot be part of 'a*', use '*' or quote the key"),
				Arguments.of("domain.***", 7,
						"'*' stands for a whole segment and cannot be part of '***', use '*' or quote the key"),
				Arguments.of("domain.{}", 7, "'{}' is not a placeholder, write {name} or {name.component}"),
				Arguments.of("domain.{a", 7, "'{a' is not a placeholder, write {name} or {name.component}"),
				Arguments.of("domain.{a.}", 7, "'{a.}' is not a placeholder, write {name} or {name.component}"),
				Arguments.of("domain.{a b}", 7, "'{a b}' is not a placeholder, write {name} or {name.component}"),
				Arguments.of("domain.x{a}", 7, "'x{a}' is not a placeholder, write {name} or {name.component}"),
				Arguments.of("domain.{a}{b}", 7, "'{a}{b}' is not a placeholder, write {name} or {name.component}"),
				Arguments.of("domain.{{a}}", 7, "'{{a}}' is not a placeholder, write {name} or {name.component}"),
				Arguments.of("domain.}", 7, "'}' is not a placeholder, write {name} or {name.component}"),
				Arguments.of("{layer}.a", 0, "it must begin with a layer, for example 'domain'"),
				Arguments.of("./messages", 0, "a segment is missing"), Arguments.of("gobal.*", 0,
						"unknown layer 'gobal', did you mean 'global', a path begins with domain, global or local"));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void mistakeNamesItsPosition(String text, int position, String problem) {
		assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> PathPattern.parse(text))
			.withMessage("pattern '%s' is invalid: %s, position=%d", text, problem, position);
	}

	@Test
	void placeholdersAreNamed() {
		PathPattern pattern = PathPattern.parse("domain.{@tenant}.{cmd.orderId}['{x}'].{id}.*");
		assertThat(pattern.placeholders()).containsExactly("@tenant", "cmd.orderId", "id");
		assertThat(pattern).hasToString("domain.{@tenant}.{cmd.orderId}['{x}'].{id}.*");
		assertThat(pattern.last()).isEqualTo("*");
	}

	@Test
	void boundValueIsOneLiteralSegmentWhateverItHolds() {
		PathPattern pattern = PathPattern.parse("domain.{key}.x");
		for (String hostile : List.of("*", "**", "a.b", "x']", "{key}", "", "[0]", "domain", "\\", " ")) {
			List<PathPattern> narrowed = pattern.narrow((name) -> List.of(hostile));
			assertThat(narrowed).hasSize(1);
			assertThat(narrowed.get(0).placeholders()).isEmpty();
			assertThat(narrowed.get(0).covers(Path.parse("domain.a.x"))).as(hostile).isFalse();
			assertThat(narrowed.get(0).covers(Path.parse("domain.a.b.x"))).as(hostile).isFalse();
			assertThat(narrowed.get(0).isLiteral()).isTrue();
			if (!hostile.isEmpty()) {
				assertThat(narrowed.get(0).toPath()).isEqualTo(Path.of("domain", hostile, "x"));
				assertThat(narrowed.get(0).covers(Path.of("domain", hostile, "x", "below"))).isTrue();
			}
		}
	}

	@Test
	void collectionGivesOnePatternForEachElement() {
		PathPattern pattern = PathPattern.parse("domain.{a}.*.{b}");
		List<PathPattern> narrowed = pattern.narrow((name) -> name.equals("a") ? List.of("1", "2") : List.of("3", "4"));
		assertThat(narrowed).hasSize(4).doesNotHaveDuplicates();
		assertThat(narrowed).filteredOn((each) -> each.covers(Path.parse("domain.2.x.3"))).hasSize(1);
		assertThat(pattern.narrow((name) -> name.equals("a") ? List.of() : List.of("3"))).isEmpty();
		PathPattern plain = PathPattern.parse("domain.a");
		assertThat(plain.narrow((name) -> List.of("x"))).containsExactly(plain);
	}

	@Test
	void patternOfAPathMatchesJustThatPath() {
		Path path = Path.of("domain", "*", "a.b");
		PathPattern pattern = PathPattern.of(path);
		assertThat(pattern.isLiteral()).isTrue();
		assertThat(pattern.toPath()).isEqualTo(path);
		assertThat(pattern.covers(Path.of("domain", "x", "a.b"))).isFalse();
		assertThat(pattern).isEqualTo(PathPattern.parse(path.toString()))
			.hasSameHashCodeAs(PathPattern.parse(path.toString()));
		assertThatIllegalStateException().isThrownBy(() -> PathPattern.parse("domain.*").toPath())
			.withMessage("pattern 'domain.*' names more than one path");
	}

	@Test
	void wildcardAndQuotedStarAreDifferent() {
		assertThat(PathPattern.parse("domain.*")).isNotEqualTo(PathPattern.parse("domain['*']"));
		assertThat(PathPattern.parse("domain.{a}")).isNotEqualTo(PathPattern.parse("domain.a"));
	}

	@Test
	void coverageAgreesWithANaiveReference() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		List<Path> paths = allPaths(4);
		for (int i = 0; i < 3000; i++) {
			List<String> segments = randomPattern(random, 4);
			PathPattern pattern = PathPattern.parse(String.join(".", segments));
			for (Path path : paths) {
				assertThat(pattern.covers(path)).as("seed=%d %s covers %s", seed, pattern, path)
					.isEqualTo(coversNaively(segments, segmentsOf(path)));
			}
		}
	}

	@Test
	void childrenAreCoveredWhereEveryChildIs() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int i = 0; i < 3000; i++) {
			PathPattern pattern = PathPattern.parse(String.join(".", randomPattern(random, 4)));
			for (Path path : allPaths(3)) {
				boolean all = pattern.covers(path.child("fresh"));
				assertThat(pattern.coversChildrenOf(path)).as("seed=%d %s children of %s", seed, pattern, path)
					.isEqualTo(all);
				assertThat(pattern.coversKeysOf(path) || !all).as("seed=%d %s keys of %s", seed, pattern, path)
					.isTrue();
			}
		}
	}

	@Test
	void overlapAgreesWithBruteForce() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		List<Path> paths = allPaths(7);
		for (int i = 0; i < 400; i++) {
			PathPattern a = PathPattern.parse(String.join(".", randomPattern(random, 3)));
			PathPattern b = PathPattern.parse(String.join(".", randomPattern(random, 3)));
			boolean both = paths.stream().anyMatch((path) -> a.covers(path) && b.covers(path));
			assertThat(a.overlaps(b)).as("seed=%d %s and %s", seed, a, b).isEqualTo(both);
			assertThat(b.overlaps(a)).as("seed=%d %s and %s", seed, b, a).isEqualTo(both);
		}
		assertThat(PathPattern.parse("domain.{x}.a").overlaps(PathPattern.parse("domain.b.a"))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "domain.*, domain.a.b, true", "domain.*, domain.{a}, true", "domain.*, domain, false",
			"domain.a, domain.a.**, true", "domain.*.b, domain.**.b, false", "domain.**, domain.**.a, true",
			"domain.**.b, domain.a.b.c, true", "domain.**.b, domain.a, false", "domain.a, domain.*, false",
			"domain.{a}, domain.{a}, false", "domain.a, domain.b, false", "**, global.*, true" })
	void patternIncludesWhatItCoversForSure(String outer, String inner, boolean expected) {
		assertThat(PathPattern.parse(outer).includes(PathPattern.parse(inner))).isEqualTo(expected);
	}

	private static List<String> randomPattern(Random random, int most) {
		List<String> segments = new ArrayList<>(List.of("domain"));
		for (int s = random.nextInt(most + 1); s > 0; s--) {
			String segment = switch (random.nextInt(5)) {
				case 0 -> "*";
				case 1 -> "**";
				default -> NAMES.get(random.nextInt(NAMES.size()));
			};
			segments.add(segment);
		}
		return segments;
	}

	private static List<Path> allPaths(int length) {
		List<Path> paths = new ArrayList<>(List.of(Path.parse("domain")));
		for (int from = 0; paths.get(paths.size() - 1).length() < length; from++) {
			for (String name : NAMES) {
				paths.add(paths.get(from).child(name));
			}
		}
		return paths;
	}

	private static List<String> segmentsOf(Path path) {
		List<String> segments = new ArrayList<>();
		for (int i = 0; i < path.length(); i++) {
			segments.add(path.segment(i));
		}
		return segments;
	}

	// A pattern covers a path if it matches one of its prefixes
	private static boolean coversNaively(List<String> pattern, List<String> path) {
		for (int length = 0; length <= path.size(); length++) {
			if (matchesNaively(pattern, path.subList(0, length))) {
				return true;
			}
		}
		return false;
	}

	private static boolean matchesNaively(List<String> pattern, List<String> path) {
		if (pattern.isEmpty()) {
			return path.isEmpty();
		}
		List<String> rest = pattern.subList(1, pattern.size());
		if (pattern.get(0).equals("**")) {
			return matchesNaively(rest, path)
					|| (!path.isEmpty() && matchesNaively(pattern, path.subList(1, path.size())));
		}
		return !path.isEmpty() && (pattern.get(0).equals("*") || pattern.get(0).equals(path.get(0)))
				&& matchesNaively(rest, path.subList(1, path.size()));
	}

}
