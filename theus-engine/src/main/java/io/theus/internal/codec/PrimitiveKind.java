package io.theus.internal.codec;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The types of elements of which arrays are copied as a whole.
 */
enum PrimitiveKind {

	BOOLEAN(boolean.class, 1) {

		@Override
		void put(Object array, ByteBuffer into) {
			for (boolean each : (boolean[]) array) {
				into.put((byte) (each ? 1 : 0));
			}
		}

		@Override
		Object get(ByteBuffer from, int length) {
			boolean[] array = new boolean[length];
			for (int i = 0; i < length; i++) {
				array[i] = from.get() != 0;
			}
			return array;
		}

	},

	BYTE(byte.class, Byte.BYTES) {

		@Override
		void put(Object array, ByteBuffer into) {
			into.put((byte[]) array);
		}

		@Override
		Object get(ByteBuffer from, int length) {
			byte[] array = new byte[length];
			from.get(array);
			return array;
		}

	},

	SHORT(short.class, Short.BYTES) {

		@Override
		void put(Object array, ByteBuffer into) {
			into.asShortBuffer().put((short[]) array);
		}

		@Override
		Object get(ByteBuffer from, int length) {
			short[] array = new short[length];
			from.asShortBuffer().get(array);
			return array;
		}

	},

	CHAR(char.class, Character.BYTES) {

		@Override
		void put(Object array, ByteBuffer into) {
			into.asCharBuffer().put((char[]) array);
		}

		@Override
		Object get(ByteBuffer from, int length) {
			char[] array = new char[length];
			from.asCharBuffer().get(array);
			return array;
		}

	},

	INT(int.class, Integer.BYTES) {

		@Override
		void put(Object array, ByteBuffer into) {
			into.asIntBuffer().put((int[]) array);
		}

		@Override
		Object get(ByteBuffer from, int length) {
			int[] array = new int[length];
			from.asIntBuffer().get(array);
			return array;
		}

	},

	LONG(long.class, Long.BYTES) {

		@Override
		void put(Object array, ByteBuffer into) {
			into.asLongBuffer().put((long[]) array);
		}

		@Override
		Object get(ByteBuffer from, int length) {
			long[] array = new long[length];
			from.asLongBuffer().get(array);
			return array;
		}

	},

	FLOAT(float.class, Float.BYTES) {

		@Override
		void put(Object array, ByteBuffer into) {
			into.asFloatBuffer().put((float[]) array);
		}

		@Override
		Object get(ByteBuffer from, int length) {
			float[] array = new float[length];
			from.asFloatBuffer().get(array);
			return array;
		}

	},

	DOUBLE(double.class, Double.BYTES) {

		@Override
		void put(Object array, ByteBuffer into) {
			into.asDoubleBuffer().put((double[]) array);
		}

		@Override
		Object get(ByteBuffer from, int length) {
			double[] array = new double[length];
			from.asDoubleBuffer().get(array);
			return array;
		}

	};

	// values() copies
	private static final List<PrimitiveKind> ALL = List.of(values());

	private final Class<?> type;

	private final int bytes;

	PrimitiveKind(Class<?> type, int bytes) {
		this.type = type;
		this.bytes = bytes;
	}

	static @Nullable PrimitiveKind of(Class<?> type) {
		for (PrimitiveKind kind : ALL) {
			if (kind.type == type) {
				return kind;
			}
		}
		return null;
	}

	static PrimitiveKind at(int code) {
		if (code >= ALL.size()) {
			throw new CodecException("unknown kind of array: kind=" + code, null);
		}
		return ALL.get(code);
	}

	int code() {
		return ALL.indexOf(this);
	}

	int bytes() {
		return this.bytes;
	}

	abstract void put(Object array, ByteBuffer into);

	abstract Object get(ByteBuffer from, int length);

}
