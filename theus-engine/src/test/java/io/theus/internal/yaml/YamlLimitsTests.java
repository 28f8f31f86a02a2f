package io.theus.internal.yaml;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class YamlLimitsTests {

	private static final YamlLimits SMALL = new YamlLimits(40, 3, 2, 8);

	@Test
	void sizeIsCountedInCharacters() {
		assertThat(YamlParser.parse("\uD83D\uDE00".repeat(40), "a.yml", SMALL).asScalar().text()).hasSize(80);
		refused("x".repeat(41), SMALL, "the document is too large, limit=40 characters");
	}

	@Test
	void endlessStreamIsNotReadToItsEnd() {
		InputStream endless = new InputStream() {
			@Override
			public int read() {
				return 'x';
			}
		};
		assertThatExceptionOfType(InvalidYamlException.class)
			.isThrownBy(() -> YamlParser.parse(endless, "a.yml", SMALL))
			.withMessageContaining("the document is too large");
	}

	@Test
	void streamWithinTheLimitIsReadToItsEnd() throws Exception {
		byte[] bytes = ("\uFEFF" + "\uD83D\uDE00".repeat(40)).getBytes(StandardCharsets.UTF_8);
		assertThat(YamlParser.parse(new ByteArrayInputStream(bytes), "a.yml", SMALL).asScalar().text()).hasSize(80);
	}

	@Test
	void depthIsBounded() {
		assertThat(YamlParser.parse("[[[1]]]", "a.yml", SMALL).asList().items()).hasSize(1);
		refused("[[[[1]]]]", SMALL, "maps and lists are nested too deeply, limit=3");
		refused("a:\n b:\n  c:\n   d: 1", SMALL, "maps and lists are nested too deeply, limit=3");
	}

	@Test
	void depthOfWhatAnAliasStandsForIsCounted() {
		refused("- &x [[1]]\n- [*x]", SMALL, "maps and lists are nested too deeply, limit=3");
	}

	@Test
	void nestingByTheMillionIsRefusedQuickly() {
		refused("[".repeat(1_000_000), YamlLimits.DEFAULT, "maps and lists are nested too deeply, limit=64");
		refused("{a: ".repeat(700_000), YamlLimits.DEFAULT, "maps and lists are nested too deeply, limit=64");
		refused("- ".repeat(1_000_000), YamlLimits.DEFAULT, "maps and lists are nested too deeply, limit=64");

	}

	@Test
	void aliasesAreBounded() {
		assertThat(YamlParser.parse("[&x 1, *x, *x]", "a.yml", SMALL).asList().items()).hasSize(3);
		refused("[&x 1, *x, *x, *x]", SMALL, "too many aliases, limit=2");
	}

	@Test
	void nodesAreCountedWithAliasesExpanded() {
		assertThat(YamlParser.parse("[&x [1, 2], *x, 3]", "a.yml", SMALL).asList().items()).hasSize(3);
		refused("[&x [1, 2], *x, 3, 4]", SMALL, "the document has too many nodes with its aliases expanded, limit=8");
	}

	@Test
	void billionLaughsAreRefused() {
		StringBuilder text = new StringBuilder("a0: &a0 [lol]\n");
		for (int level = 1; level <= 12; level++) {
			String alias = "*a" + (level - 1);
			text.append("a%d: &a%d [%s]%n".formatted(level, level,
					String.join(", ", alias, alias, alias, alias, alias, alias, alias, alias)));
		}
		refused(text.toString(), YamlLimits.DEFAULT,
				"the document has too many nodes with its aliases expanded, limit=1000000");
	}

	@Test
	void placesInOneLongLineAreCheap() {
		String text = "['\uD83D\uDE00'" + ", {a: 1}".repeat(300_000) + "]";
		assertThat(YamlParser.parse(text, "a.yml").asList().items()).hasSize(300_001);
	}

	@Test
	void damagedDocumentsAreReadOrRefusedButNeverBreakTheParser() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		String model = "name: &n 'a'\nsteps:\n- {flux: if, then: [*n, \"b\\n\"]}\n- k: |\n    x\n  j: >-\n    y\n? z\n: !!int 1\n";
		String alphabet = "abn01:-?[]{}&*!|>'\"%@#,\\ \n\t\r\uFEFF\u0085\u2028\uD83D\u0000<=.~";
		for (int round = 0; round < 20_000; round++) {
			StringBuilder text = new StringBuilder(model);
			for (int edit = random.nextInt(6); edit >= 0; edit--) {
				int at = random.nextInt(text.length());
				int to = Math.min(text.length(), at + random.nextInt(4));
				text.replace(at, to, alphabet.substring(random.nextInt(alphabet.length())).substring(0, 1));
			}
			try {
				YamlParser.parse(text.toString(), "a.yml").toPlain();
			}
			catch (InvalidYamlException ex) {
				assertThat(ex.line()).isPositive();
			}
			catch (RuntimeException ex) {
				throw new AssertionError("seed=" + seed + ", document:\n" + text, ex);
			}
		}
	}

	private static void refused(String text, YamlLimits limits, String problem) {
		assertThatExceptionOfType(InvalidYamlException.class)
			.isThrownBy(() -> YamlParser.parse(text, "a.yml", limits).toPlain())
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(problem));
	}

}
