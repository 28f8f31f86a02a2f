package io.theus.audit.recipe;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.state.RecordShape;
import io.theus.state.StateTree;

/**
 * An argument, or a part of it. Immutable and safe for use by several threads.
 */
final class ArgumentPlace {

	private final String argument;

	private final int index;

	// null for any part
	private final @Nullable String[] segments;

	private final @Nullable Class<?>[] records;

	// Where the type is known to be a record
	private final List<@Nullable Function<Object, @Nullable Object>> readers;

	// Where that is all there is to it, which is often
	private final @Nullable Function<Object, @Nullable Object> component;

	ArgumentPlace(String argument, int index, @Nullable String[] segments, @Nullable Class<?>[] records) {
		this.argument = argument;
		this.index = index;
		this.segments = segments;
		this.records = records;
		this.readers = new ArrayList<>(segments.length);
		for (int i = 0; i < segments.length; i++) {
			this.readers.add(reader(records[i], segments[i]));
		}
		this.component = (segments.length == 1) ? this.readers.get(0) : null;
	}

	private static @Nullable Function<Object, @Nullable Object> reader(@Nullable Class<?> type,
			@Nullable String segment) {
		if (type == null || segment == null) {
			return null;
		}
		RecordShape shape = RecordShape.of(type);
		int component = shape.indexOf(segment);
		return (component >= 0) ? shape.reader(component) : null;
	}

	String argument() {
		return this.argument;
	}

	static @Nullable Object unwrapped(@Nullable Object value) {
		return (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
	}

	Outcome judge(AuditCall call, Demands demands, @Nullable ValueScope scope) {
		Object given = call.argument(this.index);
		if (this.component != null && given != null && given.getClass() == this.records[0]) {
			Outcome outcome = demands.judge(this.component.apply(given), scope);
			return outcome.isViolation() ? outcome.below(Objects.requireNonNull(this.segments[0])) : outcome;
		}
		return judge(given, 0, demands, scope);
	}

	private Outcome judge(@Nullable Object given, int from, Demands demands, @Nullable ValueScope scope) {
		if (from == this.segments.length) {
			return demands.judge(given, scope);
		}
		Object value = unwrapped(given);
		String segment = this.segments[from];
		if (segment != null) {
			return judge(child(value, segment, from), from + 1, demands, scope).below(segment);
		}
		return judgeAll(value, from + 1, demands, scope);
	}

	private Outcome judgeAll(@Nullable Object value, int from, Demands demands, @Nullable ValueScope scope) {
		Outcome all = Outcome.NOTHING;
		if (value instanceof Map<?, ?> map) {
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				Outcome one = judge(entry.getValue(), from, demands, scope);
				all = Outcome.both(all, one.isViolation() ? one.below(segment(entry.getKey())) : one);
			}
		}
		else if (value instanceof Iterable<?> elements) {
			int position = 0;
			for (Object element : elements) {
				Outcome one = judge(element, from, demands, scope);
				all = Outcome.both(all, one.isViolation() ? one.below(Integer.toString(position)) : one);
				position++;
			}
		}
		else if (value != null && value.getClass().isArray()) {
			for (int i = 0; i < Array.getLength(value); i++) {
				all = Outcome.both(all, judge(Array.get(value, i), from, demands, scope).below(Integer.toString(i)));
			}
		}
		else if (value instanceof Record instance) {
			RecordShape shape = RecordShape.of(instance.getClass());
			for (int i = 0; i < shape.names().size(); i++) {
				Outcome one = judge(shape.get(instance, i), from, demands, scope);
				all = Outcome.both(all, one.below(shape.names().get(i)));
			}
		}
		return all;
	}

	// A key may be empty or null in an argument, which a path cannot say
	private static String segment(@Nullable Object key) {
		String text = String.valueOf(key);
		return text.isEmpty() ? " " : text;
	}

	private @Nullable Object child(@Nullable Object value, String segment, int from) {
		Function<Object, @Nullable Object> reader = this.readers.get(from);
		if (reader != null && value != null && value.getClass() == this.records[from]) {
			return reader.apply(value);
		}
		if (value instanceof Map<?, ?> map) {
			return entry(map, segment);
		}
		if (value != null && value.getClass().isArray()) {
			return element(value, segment);
		}
		Object child = StateTree.child(value, segment);
		return (child != StateTree.ABSENT) ? child : null;
	}

	// Its keys may be of any type
	private static @Nullable Object entry(Map<?, ?> map, String segment) {
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (entry.getKey() instanceof String) {
				return map.get(segment);
			}
			if (segment.equals(String.valueOf(entry.getKey()))) {
				return entry.getValue();
			}
		}
		return null;
	}

	private static @Nullable Object element(Object array, String segment) {
		return (segment.matches("[0-9]{1,9}") && Integer.parseInt(segment) < Array.getLength(array))
				? Array.get(array, Integer.parseInt(segment)) : null;
	}

	static boolean isEnterable(Class<?> type) {
		return type.isRecord() || Map.class.isAssignableFrom(type) || Iterable.class.isAssignableFrom(type)
				|| type.isArray() || type == Object.class || type.isInterface();
	}

}
