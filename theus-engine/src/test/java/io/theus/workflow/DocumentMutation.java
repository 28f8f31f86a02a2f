package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Breaks documents: takes words out, puts others in, some of them from other documents.
 */
final class DocumentMutation {

	private static final String BETWEEN_WORDS = "(?<=[\\s,:\\[\\]{}])|(?=[\\s,:\\[\\]{}])";

	private static final List<String> WORDS = List.of("null", "[]", "{}", "5", "true", "''", "increment", "#{domain.x}",
			"\"#{domain.x}\"", "[increment]", "10s", "0s", "{ a: 1 }", "1.5", "~", "None", "process", "flux", "id",
			"with", "then", "else", "do", "steps", "timeout", "wait", "emit", "all", "catch-up", "*a", "&a", "!!str",
			"|", ">", "- ", ": ", "\n", "  ", "'", "\"", "\u0001", "\uD83D\uDE00", "item", "payload", "2147483648",
			"99999999999999999999", "-1", "PT99999999999H");

	private final Random random;

	DocumentMutation(Random random) {
		this.random = random;
	}

	String of(List<String> documents) {
		List<String> words = words(any(documents));
		for (int i = this.random.nextInt(2); i >= 0 && !words.isEmpty(); i--) {
			int at = this.random.nextInt(words.size());
			switch (this.random.nextInt(4)) {
				case 0 -> words.remove(at);
				case 1 -> words.set(at, any(WORDS));
				case 2 -> words.add(at, any(WORDS));
				default -> words.set(at, any(words(any(documents))));
			}
		}
		return String.join("", words);
	}

	private static List<String> words(String document) {
		return new ArrayList<>(List.of(document.split(BETWEEN_WORDS, -1)));
	}

	private String any(List<String> texts) {
		return texts.get(this.random.nextInt(texts.size()));
	}

}
