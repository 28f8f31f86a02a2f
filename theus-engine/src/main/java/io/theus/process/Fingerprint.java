package io.theus.process;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.theus.path.Segments;
import io.theus.state.RecordShape;

/**
 * Digests arguments: SHA-256 over a form in which equal arguments are equal bytes,
 * whatever the order of maps and sets and the width of integers.
 */
// Every part is written as a kind, a length and its bytes, so that no two values share a
// form. A container is written as the digests of its parts, those of a set in order.
final class Fingerprint {

	private static final int DEEPEST = 200;

	private final String process;

	private final String argument;

	private Fingerprint(String process, String argument) {
		this.process = process;
		this.argument = argument;
	}

	static String of(ProcessDefinition process, @Nullable Object[] values) {
		MessageDigest digest = digest();
		for (int i = 0; i < values.length; i++) {
			Parameter parameter = process.parameters().get(i);
			if (parameter.kind() == Parameter.Kind.ARGUMENT) {
				add(digest, 'a', parameter.name());
				digest.update(new Fingerprint(process.id(), parameter.name()).of(values[i], 0));
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	private static void add(MessageDigest digest, char kind, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		digest.update((byte) kind);
		digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
		digest.update(bytes);
	}

	private byte[] of(@Nullable Object value, int depth) {
		if (depth > DEEPEST) {
			throw refused("it is nested deeper than " + DEEPEST + " levels");
		}
		MessageDigest digest = digest();
		String text = text(value);
		if (text != null) {
			add(digest, kind(value), text);
			return digest.digest();
		}
		if (value instanceof Optional<?> optional) {
			return of(optional.orElse(null), depth + 1);
		}
		if (value instanceof Record instance) {
			RecordShape shape = RecordShape.of(instance.getClass());
			add(digest, 'r', String.valueOf(shape.names().size()));
			for (int i = 0; i < shape.names().size(); i++) {
				add(digest, 'k', shape.names().get(i));
				digest.update(of(shape.get(instance, i), depth + 1));
			}
			return digest.digest();
		}
		if (value instanceof Map<?, ?> map) {
			return ofMap(digest, map, depth);
		}
		if (value instanceof List<?> || value instanceof Set<?>) {
			return ofElements(digest, (Collection<?>) value, depth);
		}
		throw refused("a value of type %s has no fingerprint"
			.formatted(Objects.requireNonNull(value).getClass().getTypeName()));
	}

	private byte[] ofMap(MessageDigest digest, Map<?, ?> map, int depth) {
		Map<String, byte[]> parts = new TreeMap<>();
		map.forEach((key, part) -> {
			String name = Segments.textOf(key);
			if (name == null) {
				throw refused("the key '%s' of a map has no fingerprint".formatted(key));
			}
			parts.put(name, of(part, depth + 1));
		});
		add(digest, 'm', String.valueOf(parts.size()));
		parts.forEach((name, part) -> {
			add(digest, 'k', name);
			digest.update(part);
		});
		return digest.digest();
	}

	private byte[] ofElements(MessageDigest digest, Collection<?> elements, int depth) {
		List<String> parts = elements.stream()
			.map((element) -> HexFormat.of().formatHex(of(element, depth + 1)))
			.toList();
		boolean ordered = elements instanceof List<?>;
		add(digest, ordered ? 'l' : 't', String.valueOf(parts.size()));
		(ordered ? parts.stream() : parts.stream().sorted()).forEach((part) -> add(digest, 'k', part));
		return digest.digest();
	}

	private static char kind(@Nullable Object value) {
		if (value instanceof Number) {
			return 'n';
		}
		return (value != null) ? 's' : '0';
	}

	// How a scalar is written, null for what is none
	private static @Nullable String text(@Nullable Object value) {
		if (value == null) {
			return "";
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof BigDecimal number) {
			return number.stripTrailingZeros().toString();
		}
		boolean scalar = value instanceof CharSequence || value instanceof Number || value instanceof Boolean
				|| value instanceof Character || value instanceof TemporalAccessor || value instanceof TemporalAmount
				|| value instanceof ZoneId || value instanceof UUID || value instanceof URI || value instanceof Currency
				|| value instanceof Locale;
		return scalar ? value.toString() : null;
	}

	private InvalidArgumentException refused(String problem) {
		return new InvalidArgumentException(this.process, this.argument,
				problem + ", and the execution has a key, pass text, numbers, records, lists, sets or maps");
	}

}
