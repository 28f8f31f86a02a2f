package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.theus.contract.InvalidContractException;
import io.theus.error.Suggestions;

/**
 * The key that a process declares for its executions: text with placeholders.
 */
final class KeyTemplate {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

	private final String text;

	private final Duration retention;

	private KeyTemplate(String text, Duration retention) {
		this.text = text;
		this.retention = retention;
	}

	/**
	 * Compile a key.
	 * @param process the id of the process
	 * @param text the key with placeholders
	 * @param retention how long results are kept
	 * @param sources the arguments and variables that there are
	 * @return the compiled key
	 */
	static KeyTemplate compile(String process, String text, Duration retention, Set<String> sources) {
		KeyTemplate template = new KeyTemplate(text, retention);
		if (PLACEHOLDER.matcher(text).replaceAll("").matches(".*[{}].*") || template.placeholders().isEmpty()) {
			throw new InvalidContractException(process, "once '%s' has no placeholder".formatted(text),
					"name what identifies an execution, such as {messageId}: available=" + sources);
		}
		for (String placeholder : template.placeholders()) {
			int dot = placeholder.indexOf('.');
			String source = (dot < 0 || placeholder.startsWith("@")) ? placeholder : placeholder.substring(0, dot);
			if (!sources.contains(source)) {
				throw new InvalidContractException(process,
						"placeholder '{%s}' in once '%s' has no source%s".formatted(placeholder, text,
								Suggestions.didYouMean(source, sources)),
						"name an argument or a contract variable: available=" + sources);
			}
		}
		return template;
	}

	Duration retention() {
		return this.retention;
	}

	List<String> placeholders() {
		List<String> found = new ArrayList<>();
		Matcher matcher = PLACEHOLDER.matcher(this.text);
		while (matcher.find()) {
			found.add(matcher.group(1));
		}
		return found;
	}

	ExecutionKey fill(UnaryOperator<String> values) {
		String key = PLACEHOLDER.matcher(this.text)
			.replaceAll((match) -> Matcher.quoteReplacement(values.apply(match.group(1))));
		return new ExecutionKey(key, this.retention);
	}

	// What of a call is known before anything is read
	static Set<String> sources(List<Parameter> parameters, Set<String> placeholders) {
		Set<String> sources = new LinkedHashSet<>(placeholders);
		for (Parameter parameter : parameters) {
			if (parameter.kind() == Parameter.Kind.INPUT) {
				sources.remove(parameter.name());
			}
		}
		return sources;
	}

}
