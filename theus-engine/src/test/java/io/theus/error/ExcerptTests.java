package io.theus.error;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExcerptTests {

	@Test
	void caretStandsUnderThePlace() {
		assertThat(Excerpt.at("a = b", 2)).isEqualTo("a = b\n  ^");
		assertThat(Excerpt.at("a = b", 5)).isEqualTo("a = b\n     ^");
	}

	@Test
	void placeOutsideTheLineIsMovedToItsEdge() {
		assertThat(Excerpt.at("ab", -1)).isEqualTo("ab\n^");
		assertThat(Excerpt.at("ab", 99)).isEqualTo("ab\n  ^");
	}

	@Test
	void onlySurroundingsOfThePlaceAreShown() {
		String line = "x".repeat(1000) + "!" + "y".repeat(1000);
		String excerpt = Excerpt.at(line, 1000);
		assertThat(excerpt).isEqualTo("..." + "x".repeat(80) + "!" + "y".repeat(39) + "...\n" + " ".repeat(83) + "^");
	}

	@Test
	void whatATerminalWouldNotShowBecomesASpace() {
		assertThat(Excerpt.at("a\tb\u0007c\u202Ed\ne", 7)).isEqualTo("a b c d e\n       ^");
	}

	@Test
	void charactersOutsideTheBasicPlaneTakeOneColumn() {
		assertThat(Excerpt.at("\uD83D\uDE00x", 2)).isEqualTo("\uD83D\uDE00x\n ^");
	}

	@Test
	void cutDoesNotSplitACharacter() {
		String line = "\uD83D\uDE00".repeat(200);
		assertThat(Excerpt.at(line, 201)).doesNotContain("?").startsWith("...\uD83D\uDE00");
	}

	@Test
	void quotedTextIsShortAndOnOneLine() {
		assertThat(Excerpt.quoted("a\nb")).isEqualTo("'a b'");
		assertThat(Excerpt.quoted("x".repeat(41))).isEqualTo("'" + "x".repeat(40) + "...'");
	}

}
