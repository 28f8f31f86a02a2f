package io.theus.path;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PathTests {

	static Stream<Arguments> paths() {
		return Stream.of(Arguments.of("domain", List.of("domain")),
				Arguments.of("domain.accounts.alice", List.of("domain", "accounts", "alice")),
				Arguments.of("domain.prices['BRK.A']", List.of("domain", "prices", "BRK.A")),
				Arguments.of("domain.prices[\"BRK.A\"].bid", List.of("domain", "prices", "BRK.A", "bid")),
				Arguments.of("domain.list[0]", List.of("domain", "list", "0")),
				Arguments.of("domain.list[12].name", List.of("domain", "list", "12", "name")),
				Arguments.of("domain.list[0][1]", List.of("domain", "list", "0", "1")),
				Arguments.of("domain.a['it\\'s']", List.of("domain", "a", "it's")),
				Arguments.of("domain.a[\"it's\"]", List.of("domain", "a", "it's")),
				Arguments.of("domain.a['back\\\\slash']", List.of("domain", "a", "back\\slash")),
				Arguments.of("domain.a['*']['**']['{x}']", List.of("domain", "a", "*", "**", "{x}")),
				Arguments.of("domain.a[' ']", List.of("domain", "a", " ")),
				Arguments.of("domain.a-b.c_d.7", List.of("domain", "a-b", "c_d", "7")),
				Arguments.of("domain.größe.中文", List.of("domain", "größe", "中文")),
				Arguments.of("heavy.x", List.of("heavy", "x")), Arguments.of("cmd.go", List.of("cmd", "go")));
	}

	@ParameterizedTest
	@MethodSource("paths")
	void textIsParsedIntoLiteralSegments(String text, List<String> segments) {
		Path path = Path.parse(text);
		assertThat(segments(path)).isEqualTo(segments);
		assertThat(path.length()).isEqualTo(segments.size());
		assertThat(path.root()).isEqualTo(segments.get(0));
		assertThat(path.last()).isEqualTo(segments.get(segments.size() - 1));
		assertThat(path).hasToString(text);
		assertThat(Path.parse(text)).isEqualTo(path).hasSameHashCodeAs(path);
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(Arguments.of("", 0, "it is empty, write for example 'domain.orders'"),
				Arguments.of(".a", 0, "a segment is missing"), Arguments.of("domain.", 7, "a segment is missing"),
				Arguments.of("domain..a", 7, "a segment is missing"),
				Arguments.of("domain.a.[0]", 9, "a segment is missing"),
				Arguments.of("['domain']", 0, "a segment is missing"),
				Arguments.of("domain.a b", 8, "unexpected ' ', quote the segment as ['key']"),
				Arguments.of("domain.a/b", 8, "unexpected '/', quote the segment as ['key']"),
				Arguments.of("domain.a]", 8, "unexpected ']', quote the segment as ['key']"),
				Arguments.of("domain.a['b']c", 13, "unexpected 'c', quote the segment as ['key']"),
				Arguments.of("domain.a[", 8, "'[' is not closed"), Arguments.of("domain.a['b'", 8, "'[' is not closed"),
				Arguments.of("domain.a[0", 8, "'[' is not closed"),
				Arguments.of("domain.a['b", 8, "the quote is not closed"),
				Arguments.of("domain.a['b\\']", 8, "the quote is not closed"),
				Arguments.of("domain.a['']", 8, "a key cannot be empty"),
				Arguments.of("domain.a[]", 8, "'[' takes a list index or a quoted key, write ['key'] or [0]"),
				Arguments.of("domain.a[-1]", 8, "'[' takes a list index or a quoted key, write ['key'] or [0]"),
				Arguments.of("domain.a[b]", 8, "'[' takes a list index or a quoted key, write ['key'] or [0]"),
				Arguments.of("domain.a[\u0663]", 8, "'[' takes a list index or a quoted key, write ['key'] or [0]"),
				Arguments.of("domain.*", 7, "'*' is for patterns only, quote it as ['*'] if it is a key"),
				Arguments.of("domain.{x}", 7, "'{x}' is for patterns only, quote it as ['{x}'] if it is a key"),
				Arguments.of("domain.a**", 7, "'a**' is for patterns only, quote it as ['a**'] if it is a key"),
				Arguments.of("domian.a", 0,
						"unknown layer 'domian', did you mean 'domain', a path begins with domain, global or local"),
				Arguments.of("orders.a", 0, "unknown layer 'orders', a path begins with domain, global or local"),
				Arguments.of("Domain.a", 0,
						"unknown layer 'Domain', did you mean 'domain', a path begins with domain, global or local"));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void mistakeNamesItsPosition(String text, int position, String problem) {
		assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> Path.parse(text))
			.withMessage("path '%s' is invalid: %s, position=%d", text, problem, position)
			.satisfies((ex) -> {
				assertThat(ex.path()).isEqualTo(text);
				assertThat(ex.position()).isEqualTo(position);
				assertThat(ex.problem()).isEqualTo(problem);
			});
	}

	@Test
	void pathIsBuiltFromLiteralSegments() {
		UUID id = UUID.randomUUID();
		assertThat(Path.of("domain.accounts", "alice")).isEqualTo(Path.parse("domain.accounts.alice"));
		assertThat(Path.of("domain", "a.b", 7, 8L, DayOfWeek.MONDAY, id)).hasToString("domain['a.b'].7.8.MONDAY." + id)
			.isEqualTo(Path.parse("domain['a.b'].7.8.MONDAY." + id));
		assertThat(Path.of("domain", "*", "x']", "\\", "'").toString())
			.isEqualTo("domain['*']['x\\']']['\\\\']['\\'']");
		assertThat(Path.of("domain")).isEqualTo(Path.parse("domain"));
	}

	@Test
	void segmentThatIsNoKeyIsRefused() {
		refused("domain", "null", (Object) null);
		refused("domain", "java.lang.String", "");
		refused("domain", "java.lang.Double", 1.5);
		refused("domain.a", "java.lang.Boolean", "a", true);
		assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> Path.parse("domain").child(""))
			.withMessage("path 'domain' is invalid: a segment of type java.lang.String cannot be a key, "
					+ "use non-empty text, an integer, an enum or a UUID, position=6");
	}

	private static void refused(String prefix, String segment, Object... segments) {
		assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> Path.of("domain", segments))
			.withMessage(
					"path '%s' is invalid: a segment of type %s cannot be a key, use non-empty text, an integer, an enum "
							+ "or a UUID, position=%d",
					prefix, segment, prefix.length());
	}

	@Test
	void prefixCutsOff() {
		Path path = Path.parse("domain.prices['BRK.A'].bid");
		assertThat(path.prefix(4)).isSameAs(path);
		assertThat(path.prefix(3)).hasToString("domain.prices['BRK.A']")
			.isEqualTo(Path.parse("domain.prices['BRK.A']"));
		assertThat(path.prefix(1)).hasToString("domain");
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> path.prefix(0));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> path.prefix(5));
	}

	@Test
	void pathLiesBelowItsPrefixesOnly() {
		Path order = Path.parse("domain.order.total");
		assertThat(order.startsWith(order)).isTrue();
		assertThat(order.startsWith(Path.parse("domain.order"))).isTrue();
		assertThat(order.startsWith(Path.parse("domain"))).isTrue();
		assertThat(order.startsWith(Path.parse("domain.orders"))).isFalse();
		assertThat(order.startsWith(Path.parse("domain.ord"))).isFalse();
		assertThat(order.startsWith(Path.parse("domain.order.total.x"))).isFalse();
		assertThat(Path.parse("domain.orders").startsWith(Path.parse("domain.order"))).isFalse();
		assertThat(order.isIn(Layer.DOMAIN)).isTrue();
		assertThat(order.isIn(Layer.LOCAL)).isFalse();
	}

	@Test
	void spellingDoesNotMatterForEquality() {
		assertThat(Path.parse("domain.a['b']")).isEqualTo(Path.parse("domain.a.b"))
			.isEqualByComparingTo(Path.parse("domain.a[\"b\"]"));
		assertThat(Path.parse("domain.a[0]")).isEqualTo(Path.parse("domain.a.0"));
		assertThat(Path.parse("domain['a.b']")).isNotEqualTo(Path.parse("domain.a.b"));
	}

	@Test
	void orderIsThatOfSegments() {
		List<Path> sorted = Stream.of("domain.b", "domain", "domain.a.z", "domain.a")
			.map(Path::parse)
			.sorted()
			.toList();
		assertThat(sorted).extracting(Path::toString).containsExactly("domain", "domain.a", "domain.a.z", "domain.b");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void everyPathIsReadBackFromItsText(int repetition) {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		String alphabet = "ab*{}'\"\\.[] 0_-/é\n";
		for (int i = 0; i < 2000; i++) {
			Path path = Path.parse("domain");
			List<String> expected = new ArrayList<>(List.of("domain"));
			for (int s = random.nextInt(4); s > 0; s--) {
				StringBuilder segment = new StringBuilder();
				for (int c = 1 + random.nextInt(4); c > 0; c--) {
					segment.append(alphabet.charAt(random.nextInt(alphabet.length())));
				}
				expected.add(segment.toString());
				path = path.child(segment.toString());
			}
			assertThat(segments(Path.parse(path.toString()))).as("seed=%d %s", seed, path).isEqualTo(expected);
			assertThat(Path.parse(path.toString())).as("seed=%d", seed).isEqualTo(path);
			assertThat(PathPattern.parse(path.toString()).toPath()).as("seed=%d", seed).isEqualTo(path);
		}
	}

	private static List<String> segments(Path path) {
		List<String> segments = new ArrayList<>();
		for (int i = 0; i < path.length(); i++) {
			segments.add(path.segment(i));
		}
		return segments;
	}

}
