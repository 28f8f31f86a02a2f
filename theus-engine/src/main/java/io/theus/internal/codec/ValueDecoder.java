package io.theus.internal.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.theus.state.RecordShape;

/**
 * Reads values, one after the other, that {@link ValueEncoder} has written.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ValueDecoder {

	private final ByteSource source;

	private final ClassLoader loader;

	private final Substitution substitution;

	private final List<Class<?>> classes = new ArrayList<>();

	private final List<Object> read = new ArrayList<>();

	private int depth;

	/**
	 * Create a decoder.
	 * @param bytes what was written
	 * @param loader where classes are looked for
	 * @param substitution what stands for values that cannot be written
	 */
	public ValueDecoder(ByteBuffer bytes, ClassLoader loader, Substitution substitution) {
		this.source = new ByteSource(bytes);
		this.loader = loader;
		this.substitution = substitution;
	}

	/**
	 * Return whether all has been read.
	 * @return whether nothing is left
	 */
	public boolean isAtEnd() {
		return this.source.left() == 0;
	}

	/**
	 * Read a value as one of a class.
	 * @param <T> the class
	 * @param type the class
	 * @return the value
	 * @throws CodecException if the next value is another one
	 */
	public <T> T read(Class<T> type) {
		Object value = read();
		if (!type.isInstance(value)) {
			throw new CodecException("another value was expected: type=%s, found=%s".formatted(type.getName(),
					(value != null) ? value.getClass().getName() : "null"), null);
		}
		return type.cast(value);
	}

	/**
	 * Read a value.
	 * @return the value
	 * @throws CodecException if the bytes are no value, or it cannot be made here
	 */
	public @Nullable Object read() {
		if (this.depth > Tag.MAX_DEPTH) {
			throw new CodecException("bytes are nested deeper than limit=%d levels".formatted(Tag.MAX_DEPTH), null);
		}
		this.depth++;
		try {
			return value(this.source.read());
		}
		catch (CodecException ex) {
			throw ex;
		}
		catch (RuntimeException | LinkageError ex) {
			// What constructors of the application and conversions of nonsense throw
			throw new CodecException("it cannot be made from its bytes: " + ex, ex);
		}
		finally {
			this.depth--;
		}
	}

	private @Nullable Object value(int tag) {
		return switch (tag) {
			case Tag.NULL -> null;
			case Tag.FALSE -> false;
			case Tag.TRUE -> true;
			case Tag.BYTE -> (byte) this.source.read();
			case Tag.SHORT -> (short) this.source.readInt();
			case Tag.INT -> this.source.readInt();
			case Tag.LONG -> this.source.readLong();
			case Tag.FLOAT -> Float.intBitsToFloat(this.source.readInt());
			case Tag.DOUBLE -> Double.longBitsToDouble(this.source.readLong());
			case Tag.CHARACTER -> (char) this.source.readInt();
			case Tag.LATIN, Tag.TEXT -> text(tag);
			case Tag.BIG_DECIMAL -> decimal();
			case Tag.BIG_INTEGER -> new BigInteger(bytes());
			case Tag.UUID -> new UUID(this.source.readLong(), this.source.readLong());
			case Tag.URI -> URI.create(text());
			case Tag.CURRENCY -> Currency.getInstance(text());
			case Tag.INSTANT -> Instant.ofEpochSecond(this.source.readLong(), this.source.readInt());
			case Tag.DURATION -> Duration.ofSeconds(this.source.readLong(), this.source.readInt());
			case Tag.LOCAL_DATE -> LocalDate.ofEpochDay(this.source.readLong());
			case Tag.LOCAL_TIME -> LocalTime.ofNanoOfDay(this.source.readLong());
			case Tag.LOCAL_DATE_TIME -> LocalDateTime.of(LocalDate.ofEpochDay(this.source.readLong()),
					LocalTime.ofNanoOfDay(this.source.readLong()));
			default -> composite(tag);
		};
	}

	private Object composite(int tag) {
		return switch (tag) {
			case Tag.OPTIONAL -> Optional.ofNullable(read());
			case Tag.ENUM -> constant();
			case Tag.RECORD -> record();
			case Tag.SUBSTITUTE -> this.substitution.resolve(read());
			case Tag.SAME -> same();
			case Tag.MAP -> shared(map());
			case Tag.COLLECTION -> shared(collection());
			case Tag.PRIMITIVES -> shared(primitives());
			case Tag.ARRAY -> shared(array());
			case Tag.SERIALIZED -> shared(serialized());
			default -> throw new CodecException("bytes are no value: tag=" + tag, null);
		};
	}

	private Object shared(Object value) {
		this.read.add(value);
		return value;
	}

	private Object same() {
		int number = this.source.readNumber();
		if (number >= this.read.size()) {
			throw new CodecException("bytes refer to what was not read: number=" + number, null);
		}
		return this.read.get(number);
	}

	private byte[] bytes() {
		return this.source.readBytes(this.source.readSize(1));
	}

	private BigDecimal decimal() {
		int scale = this.source.readInt();
		return new BigDecimal(new BigInteger(bytes()), scale);
	}

	private String text() {
		return text(this.source.read());
	}

	private String text(int tag) {
		if (tag == Tag.LATIN) {
			return new String(bytes(), StandardCharsets.ISO_8859_1);
		}
		if (tag != Tag.TEXT) {
			throw new CodecException("bytes are no text: tag=" + tag, null);
		}
		int length = this.source.readSize(Character.BYTES);
		return this.source.next(length * Character.BYTES).asCharBuffer().toString();
	}

	private Class<?> type() {
		int number = this.source.readNumber();
		if (number > this.classes.size()) {
			throw new CodecException("bytes refer to a class that was not named: number=" + number, null);
		}
		if (number > 0) {
			return this.classes.get(number - 1);
		}
		Class<?> named = load(text());
		this.classes.add(named);
		return named;
	}

	private Class<?> load(String name) {
		try {
			return Class.forName(name, false, this.loader);
		}
		catch (ClassNotFoundException ex) {
			throw new CodecException("class '%s' is not found here, add it to the class path".formatted(name), ex);
		}
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private Object constant() {
		Class<?> type = type();
		String name = text();
		if (!type.isEnum()) {
			throw new CodecException("class '%s' is no enum".formatted(type.getName()), null);
		}
		return Enum.valueOf((Class) type, name);
	}

	private Object record() {
		Class<?> type = type();
		int size = this.source.readSize(1);
		if (!type.isRecord() || RecordShape.of(type).names().size() != size) {
			throw new CodecException(
					"class '%s' is no record of so many components: components=%d".formatted(type.getName(), size),
					null);
		}
		@Nullable Object[] values = new Object[size];
		for (int i = 0; i < size; i++) {
			values[i] = read();
		}
		try {
			return RecordShape.of(type).create(values);
		}
		catch (java.lang.reflect.InvocationTargetException ex) {
			Throwable problem = ex.getTargetException();
			throw new CodecException(
					"record '%s' cannot be made from its components: %s".formatted(type.getName(), problem), problem);
		}
	}

	private Object map() {
		CollectionKind kind = CollectionKind.at(this.source.read());
		Object comparator = kind.isSorted() ? read() : null;
		return kind.map(comparator, this.source.readSize(2), this::read);
	}

	private Object collection() {
		CollectionKind kind = CollectionKind.at(this.source.read());
		Object comparator = kind.isSorted() ? read() : null;
		return kind.collection(comparator, this.source.readSize(1), this::read);
	}

	private Object primitives() {
		PrimitiveKind kind = PrimitiveKind.at(this.source.read());
		int length = this.source.readSize(kind.bytes());
		return kind.get(this.source.next(length * kind.bytes()), length);
	}

	private Object array() {
		Class<?> type = type();
		int length = this.source.readSize(1);
		@Nullable Object[] array = (Object[]) java.lang.reflect.Array.newInstance(type, length);
		for (int i = 0; i < length; i++) {
			array[i] = read();
		}
		return array;
	}

	private Object serialized() {
		byte[] bytes = bytes();
		try (ObjectInputStream in = new Objects(new ByteArrayInputStream(bytes), bytes.length, this.loader)) {
			return in.readObject();
		}
		catch (IOException | ClassNotFoundException | StackOverflowError ex) {
			throw new CodecException("it cannot be read from its serial form: " + ex, ex);
		}
	}

	/** Looks for classes where the application has them. */
	private static final class Objects extends ObjectInputStream {

		private final ClassLoader loader;

		Objects(InputStream in, int bytes, ClassLoader loader) throws IOException {
			super(in);
			this.loader = loader;
			// No array is longer than the bytes that it comes from
			setObjectInputFilter((info) -> (info.arrayLength() > 16L + bytes) ? ObjectInputFilter.Status.REJECTED
					: ObjectInputFilter.Status.UNDECIDED);
		}

		@Override
		protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
			try {
				return Class.forName(description.getName(), false, this.loader);
			}
			catch (ClassNotFoundException ex) {
				// Names of primitive types are no names of classes
				return super.resolveClass(description);
			}
		}

	}

}
