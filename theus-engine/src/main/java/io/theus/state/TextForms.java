package io.theus.state;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Reads values that documents and JSON can only write as text. Numbers and booleans are
 * not among them: whoever quotes a number means text.
 *
 * @since 0.1.0
 */
public final class TextForms {

	private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.ofEntries(
			Map.entry(Instant.class, Instant::parse), Map.entry(LocalDate.class, LocalDate::parse),
			Map.entry(LocalTime.class, LocalTime::parse), Map.entry(LocalDateTime.class, LocalDateTime::parse),
			Map.entry(OffsetDateTime.class, OffsetDateTime::parse), Map.entry(OffsetTime.class, OffsetTime::parse),
			Map.entry(ZonedDateTime.class, ZonedDateTime::parse), Map.entry(Duration.class, Duration::parse),
			Map.entry(Period.class, Period::parse), Map.entry(Year.class, Year::parse),
			Map.entry(YearMonth.class, YearMonth::parse), Map.entry(MonthDay.class, MonthDay::parse),
			Map.entry(ZoneId.class, ZoneId::of), Map.entry(ZoneOffset.class, ZoneOffset::of),
			Map.entry(UUID.class, TextForms::uuid), Map.entry(URI.class, URI::create),
			Map.entry(Currency.class, Currency::getInstance), Map.entry(Locale.class, TextForms::locale),
			Map.entry(Character.class, TextForms::character));

	private TextForms() {
	}

	/**
	 * Read a value.
	 * @param text the text
	 * @param type an enum, a type of {@code java.time}, {@code UUID}, {@code URI},
	 * {@code Currency}, {@code Locale} or {@code Character}
	 * @return the value, {@code null} if the text does not stand for one, or for any
	 * other type
	 */
	@SuppressWarnings({ "unchecked", "rawtypes" })
	public static @Nullable Object parse(String text, Class<?> type) {
		try {
			if (type.isEnum()) {
				return Enum.valueOf((Class) type, text);
			}
			Function<String, Object> parser = PARSERS.get(type);
			return (parser != null) ? parser.apply(text) : null;
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

	// The parser of the JDK also takes what it does not print that way
	private static Object uuid(String text) {
		UUID uuid = UUID.fromString(text);
		if (!uuid.toString().equalsIgnoreCase(text)) {
			throw new IllegalArgumentException(text);
		}
		return uuid;
	}

	private static Object locale(String text) {
		Locale locale = Locale.forLanguageTag(text);
		if (!locale.toLanguageTag().equalsIgnoreCase(text)) {
			throw new IllegalArgumentException(text);
		}
		return locale;
	}

	private static Object character(String text) {
		if (text.length() != 1) {
			throw new IllegalArgumentException(text);
		}
		return text.charAt(0);
	}

}
