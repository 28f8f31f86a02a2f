package io.theus.internal.codec;

/**
 * The first byte of every value.
 */
final class Tag {

	static final int NULL = 0;

	static final int FALSE = 1;

	static final int TRUE = 2;

	static final int BYTE = 3;

	static final int SHORT = 4;

	static final int INT = 5;

	static final int LONG = 6;

	static final int FLOAT = 7;

	static final int DOUBLE = 8;

	static final int CHARACTER = 9;

	/** Text of which every character fits into a byte. */
	static final int LATIN = 10;

	/** Text of two bytes a character. */
	static final int TEXT = 11;

	static final int BIG_DECIMAL = 12;

	static final int BIG_INTEGER = 13;

	static final int UUID = 14;

	static final int URI = 15;

	static final int CURRENCY = 16;

	static final int INSTANT = 17;

	static final int DURATION = 18;

	static final int LOCAL_DATE = 19;

	static final int LOCAL_TIME = 20;

	static final int LOCAL_DATE_TIME = 21;

	static final int OPTIONAL = 22;

	static final int ENUM = 23;

	static final int RECORD = 24;

	static final int MAP = 25;

	static final int COLLECTION = 26;

	static final int PRIMITIVES = 27;

	static final int ARRAY = 28;

	/** As {@code ObjectOutputStream} has it. */
	static final int SERIALIZED = 29;

	/** Stands for another value. */
	static final int SUBSTITUTE = 30;

	/** A value that was written before. */
	static final int SAME = 31;

	/** How deep values may be nested. */
	static final int MAX_DEPTH = 256;

	private Tag() {
	}

}
