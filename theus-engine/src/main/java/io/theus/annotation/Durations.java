package io.theus.annotation;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations as they are written in annotations: {@code 500ms}, {@code 10s},
 * {@code 2m}, {@code 1h}, {@code 7d}, {@code 100us}, {@code 50ns}, or ISO 8601.
 *
 * @since 0.1.0
 */
public final class Durations {

	private static final Pattern SIMPLE = Pattern.compile("(\\d{1,18})(ns|us|ms|s|m|h|d)");

	private Durations() {
	}

	/**
	 * Parse a duration.
	 * @param text a number with a unit, or ISO 8601
	 * @return the duration, empty if the text is none
	 */
	public static Optional<Duration> parse(String text) {
		Matcher matcher = SIMPLE.matcher(text.trim());
		try {
			if (!matcher.matches()) {
				return Optional.of(Duration.parse(text.trim()));
			}
			long amount = Long.parseLong(matcher.group(1));
			Duration duration = switch (matcher.group(2)) {
				case "ns" -> Duration.ofNanos(amount);
				case "us" -> Duration.ofNanos(Math.multiplyExact(amount, 1000));
				case "ms" -> Duration.ofMillis(amount);
				case "s" -> Duration.ofSeconds(amount);
				case "m" -> Duration.ofMinutes(amount);
				case "h" -> Duration.ofHours(amount);
				default -> Duration.ofDays(amount);
			};
			return Optional.of(duration);
		}
		catch (DateTimeParseException | ArithmeticException ex) {
			return Optional.empty();
		}
	}

}
