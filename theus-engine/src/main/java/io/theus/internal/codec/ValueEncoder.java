package io.theus.internal.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.theus.state.RecordShape;

/**
 * Writes values, one after the other, as {@link ValueDecoder} reads them. Collections and
 * arrays that occur more than once are written once.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ValueEncoder {

	private final ByteSink sink;

	private final Substitution substitution;

	private final Map<Class<?>, Integer> classes = new HashMap<>();

	private final IdentityHashMap<Object, Integer> written = new IdentityHashMap<>();

	private int depth;

	/**
	 * Create an encoder.
	 * @param limit how many bytes may be written
	 * @param substitution what stands for values that cannot be written
	 */
	public ValueEncoder(int limit, Substitution substitution) {
		this.sink = new ByteSink(limit);
		this.substitution = substitution;
	}

	/**
	 * Return all that was written.
	 * @return the bytes
	 */
	public byte[] toBytes() {
		return this.sink.toBytes();
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @throws CodecException naming place, type and remedy if a part of it cannot be
	 * written
	 */
	public void write(@Nullable Object value) {
		if (value == null) {
			this.sink.write(Tag.NULL);
			return;
		}
		if (this.depth > Tag.MAX_DEPTH) {
			throw new CodecException(
					"it is nested deeper than limit=%d levels, does it contain itself".formatted(Tag.MAX_DEPTH), null);
		}
		this.depth++;
		try {
			if (!writeScalar(value) && !writeText(value)) {
				writeComposite(value);
			}
		}
		finally {
			this.depth--;
		}
	}

	private boolean writeScalar(Object value) {
		Class<?> type = value.getClass();
		if (type == Integer.class) {
			this.sink.write(Tag.INT);
			this.sink.writeInt((Integer) value);
		}
		else if (type == Long.class) {
			tagged(Tag.LONG, (Long) value);
		}
		else if (type == Double.class) {
			tagged(Tag.DOUBLE, Double.doubleToRawLongBits((Double) value));
		}
		else if (type == Boolean.class) {
			this.sink.write(value.equals(true) ? Tag.TRUE : Tag.FALSE);
		}
		else if (type == Float.class) {
			this.sink.write(Tag.FLOAT);
			this.sink.writeInt(Float.floatToRawIntBits((Float) value));
		}
		else if (type == Short.class) {
			this.sink.write(Tag.SHORT);
			this.sink.writeInt((Short) value);
		}
		else if (type == Byte.class) {
			this.sink.write(Tag.BYTE);
			this.sink.write((Byte) value);
		}
		else if (type == Character.class) {
			this.sink.write(Tag.CHARACTER);
			this.sink.writeInt((Character) value);
		}
		else {
			return writeTime(value, type);
		}
		return true;
	}

	private boolean writeTime(Object value, Class<?> type) {
		if (type == Instant.class) {
			Instant instant = (Instant) value;
			tagged(Tag.INSTANT, instant.getEpochSecond());
			this.sink.writeInt(instant.getNano());
		}
		else if (type == Duration.class) {
			Duration duration = (Duration) value;
			tagged(Tag.DURATION, duration.getSeconds());
			this.sink.writeInt(duration.getNano());
		}
		else if (type == LocalDate.class) {
			tagged(Tag.LOCAL_DATE, ((LocalDate) value).toEpochDay());
		}
		else if (type == LocalTime.class) {
			tagged(Tag.LOCAL_TIME, ((LocalTime) value).toNanoOfDay());
		}
		else if (type == LocalDateTime.class) {
			LocalDateTime time = (LocalDateTime) value;
			tagged(Tag.LOCAL_DATE_TIME, time.toLocalDate().toEpochDay());
			this.sink.writeLong(time.toLocalTime().toNanoOfDay());
		}
		else if (type == UUID.class) {
			UUID uuid = (UUID) value;
			tagged(Tag.UUID, uuid.getMostSignificantBits());
			this.sink.writeLong(uuid.getLeastSignificantBits());
		}
		else {
			return false;
		}
		return true;
	}

	private void tagged(int tag, long value) {
		this.sink.write(tag);
		this.sink.writeLong(value);
	}

	private boolean writeText(Object value) {
		Class<?> type = value.getClass();
		if (type == String.class) {
			text((String) value);
		}
		else if (type == BigDecimal.class) {
			BigDecimal decimal = (BigDecimal) value;
			this.sink.write(Tag.BIG_DECIMAL);
			this.sink.writeInt(decimal.scale());
			bytes(decimal.unscaledValue().toByteArray());
		}
		else if (type == BigInteger.class) {
			this.sink.write(Tag.BIG_INTEGER);
			bytes(((BigInteger) value).toByteArray());
		}
		else if (type == URI.class) {
			this.sink.write(Tag.URI);
			text(value.toString());
		}
		else if (type == Currency.class) {
			this.sink.write(Tag.CURRENCY);
			text(((Currency) value).getCurrencyCode());
		}
		else {
			return false;
		}
		return true;
	}

	private void bytes(byte[] bytes) {
		this.sink.writeSize(bytes.length);
		this.sink.write(bytes, 0, bytes.length);
	}

	private void text(String text) {
		boolean latin = text.chars().allMatch((character) -> character <= 0xFF);
		this.sink.write(latin ? Tag.LATIN : Tag.TEXT);
		if (latin) {
			bytes(text.getBytes(StandardCharsets.ISO_8859_1));
		}
		else {
			this.sink.writeSize(text.length());
			this.sink.next(product(text.length(), Character.BYTES)).asCharBuffer().put(text);
		}
	}

	private static int product(int count, int bytesEach) {
		return (int) Math.min(Integer.MAX_VALUE, (long) count * bytesEach);
	}

	private void writeComposite(Object value) {
		if (value instanceof Enum<?> constant) {
			this.sink.write(Tag.ENUM);
			writeClass(constant.getDeclaringClass());
			text(constant.name());
			return;
		}
		Object substitute = this.substitution.replace(value);
		if (substitute != null) {
			this.sink.write(Tag.SUBSTITUTE);
			write(substitute);
		}
		else if (value instanceof Record instance) {
			writeRecord(instance);
		}
		else if (value instanceof Optional<?> optional) {
			this.sink.write(Tag.OPTIONAL);
			write(optional.orElse(null));
		}
		else {
			writeShared(value);
		}
	}

	private void writeRecord(Record instance) {
		RecordShape shape;
		try {
			shape = RecordShape.of(instance.getClass());
		}
		catch (IllegalStateException ex) {
			throw new CodecException(String.valueOf(ex.getMessage()), ex);
		}
		this.sink.write(Tag.RECORD);
		writeClass(instance.getClass());
		this.sink.writeSize(shape.names().size());
		for (int i = 0; i < shape.names().size(); i++) {
			try {
				write(shape.get(instance, i));
			}
			catch (CodecException ex) {
				throw ex.in("." + shape.names().get(i));
			}
		}
	}

	private void writeShared(Object value) {
		Integer number = this.written.get(value);
		if (number != null) {
			this.sink.write(Tag.SAME);
			this.sink.writeSize(number);
			return;
		}
		CollectionKind kind = isForEnums(value) ? null : CollectionKind.of(value);
		if (value.getClass().isArray()) {
			writeArray(value);
		}
		else if (kind == null) {
			writeSerialized(value);
		}
		else if (value instanceof Map<?, ?> map) {
			writeMap(kind, map);
		}
		else {
			writeCollection(kind, (Collection<?>) value);
		}
		// Numbered when they are complete, as the reader cannot do it before
		this.written.put(value, this.written.size());
	}

	private static boolean isForEnums(Object value) {
		return value instanceof EnumSet<?> || value instanceof EnumMap<?, ?>;
	}

	private void writeMap(CollectionKind kind, Map<?, ?> map) {
		this.sink.write(Tag.MAP);
		this.sink.write(kind.code());
		if (kind.isSorted()) {
			write(((SortedMap<?, ?>) map).comparator());
		}
		this.sink.writeSize(map.size());
		int count = 0;
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			count++;
			try {
				write(entry.getKey());
				write(entry.getValue());
			}
			catch (CodecException ex) {
				throw ex.in("['" + entry.getKey() + "']");
			}
		}
		checkCount(map.size(), count);
	}

	private void writeCollection(CollectionKind kind, Collection<?> elements) {
		this.sink.write(Tag.COLLECTION);
		this.sink.write(kind.code());
		if (kind.isSorted()) {
			write(((SortedSet<?>) elements).comparator());
		}
		int size = elements.size();
		this.sink.writeSize(size);
		int count = 0;
		for (Object element : elements) {
			writeElement(element, count++);
		}
		checkCount(size, count);
	}

	private static void checkCount(int size, int count) {
		if (size != count) {
			throw new CodecException(
					"it changes while it is written: size=%d, elements=%d, hand over a copy".formatted(size, count),
					null);
		}
	}

	private void writeElement(@Nullable Object element, int index) {
		try {
			write(element);
		}
		catch (CodecException ex) {
			throw ex.in("[" + index + "]");
		}
	}

	private void writeArray(Object array) {
		PrimitiveKind primitive = PrimitiveKind.of(array.getClass().getComponentType());
		if (primitive != null) {
			int length = java.lang.reflect.Array.getLength(array);
			this.sink.write(Tag.PRIMITIVES);
			this.sink.write(primitive.code());
			this.sink.writeSize(length);
			primitive.put(array, this.sink.next(product(length, primitive.bytes())));
			return;
		}
		@Nullable Object[] elements = (Object[]) array;
		this.sink.write(Tag.ARRAY);
		writeClass(array.getClass().getComponentType());
		this.sink.writeSize(elements.length);
		for (int i = 0; i < elements.length; i++) {
			writeElement(elements[i], i);
		}
	}

	// A class is named when it occurs first, and numbered from then on
	private void writeClass(Class<?> type) {
		Integer number = this.classes.putIfAbsent(type, this.classes.size());
		if (number != null) {
			this.sink.writeSize(number + 1);
			return;
		}
		this.sink.writeSize(0);
		text(type.getName());
	}

	private void writeSerialized(Object value) {
		if (!(value instanceof Serializable)) {
			throw refused(value.getClass().getTypeName(), null);
		}
		ByteSink own = new ByteSink(Integer.MAX_VALUE - 16);
		try (ObjectOutputStream out = new ObjectOutputStream(own)) {
			out.writeObject(value);
		}
		catch (NotSerializableException ex) {
			throw refused(String.valueOf(ex.getMessage()) + " in " + value.getClass().getTypeName(), ex);
		}
		catch (IOException | RuntimeException | StackOverflowError ex) {
			throw refused(value.getClass().getTypeName(), ex);
		}
		this.sink.write(Tag.SERIALIZED);
		bytes(own.toBytes());
	}

	private static CodecException refused(String type, @Nullable Throwable cause) {
		return new CodecException("type=" + type + ", make it a record or Serializable", cause);
	}

}
