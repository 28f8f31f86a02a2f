package io.theus.path;

import java.util.Random;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TopicPatternTests {

	@ParameterizedTest
	@CsvSource({ "sig_a,sig_a,true", "sig_a,sig_ab,false", "sig_a,sig_,false", "*,sig_a,true", "sig_*,sig_,true",
			"sig_*,sig_a.b,true", "sig_*,cmd_a,false", "*_done,sig_done,true", "*_done,sig_done2,false",
			"a*b*c,axxbyyc,true", "a*b*c,abc,true", "a*b*c,acb,false", "**,x,true", "*a*,bab,true", "*a*,bbb,false",
			"a*,a,true", "*a,aaa,true" })
	void starStandsForAnyRunOfCharacters(String pattern, String topic, boolean expected) {
		assertThat(TopicPattern.compile(pattern).matches(topic)).isEqualTo(expected);
	}

	@Test
	void matchesAsTheEquivalentRegularExpressionDoes() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 20_000; i++) {
			String pattern = text(random, "aab*");
			String topic = text(random, "aab");
			assertThat(TopicPattern.compile(pattern).matches(topic))
				.as("pattern %s, topic %s, seed %s", pattern, topic, seed)
				.isEqualTo(Pattern.matches(pattern.replace("*", ".*"), topic));
		}
	}

	@Test
	void malformedTopicsAreRefusedWithThePosition() {
		assertThatExceptionOfType(InvalidTopicException.class).isThrownBy(() -> TopicPattern.requireTopic("sig a"))
			.withMessage("invalid topic 'sig a': position=3, use letters, digits, '.', '_' and '-'")
			.satisfies((ex) -> assertThat(ex.topic()).isEqualTo("sig a"))
			.satisfies((ex) -> assertThat(ex.position()).isEqualTo(3));
		assertThatExceptionOfType(InvalidTopicException.class).isThrownBy(() -> TopicPattern.requireTopic("sig_*"))
			.withMessage("invalid topic 'sig_*': position=4, use letters, digits, '.', '_' and '-'");
		assertThatExceptionOfType(InvalidTopicException.class).isThrownBy(() -> TopicPattern.requireTopic(""))
			.withMessage("topic '' is empty: length=0, give it a name");
		String tooLong = "x".repeat(250);
		assertThatExceptionOfType(InvalidTopicException.class).isThrownBy(() -> TopicPattern.requireTopic(tooLong))
			.withMessage("topic '" + tooLong + "' is too long: length=250, limit=249, shorten it");
	}

	@Test
	void malformedPatternsAreRefusedWithThePosition() {
		assertThatExceptionOfType(InvalidTopicException.class).isThrownBy(() -> TopicPattern.compile("sig_?"))
			.withMessage("invalid topic pattern 'sig_?': position=4, use letters, digits, '.', '_', '-' and '*'");
		assertThatExceptionOfType(InvalidTopicException.class).isThrownBy(() -> TopicPattern.compile(""))
			.withMessage("topic pattern '' is empty: length=0, give it a name");
	}

	private static String text(Random random, String alphabet) {
		StringBuilder text = new StringBuilder();
		int length = 1 + random.nextInt(8);
		for (int i = 0; i < length; i++) {
			text.append(alphabet.charAt(random.nextInt(alphabet.length())));
		}
		return text.toString();
	}

}
