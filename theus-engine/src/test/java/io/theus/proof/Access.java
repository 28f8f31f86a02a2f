package io.theus.proof;

import java.util.Locale;

/**
 * What a transaction did at one path, in plain Java values. Written values are unique in
 * a history, so that a value tells who wrote it.
 */
sealed interface Access {

	/**
	 * What is observed where nothing is stored, and written to remove something.
	 */
	Object ABSENT = new Object() {

		@Override
		public String toString() {
			return "nothing";
		}

	};

	/**
	 * Return where it was.
	 */
	String path();

	/**
	 * What a read asks for.
	 */
	enum Question {

		/** The value, of a map all of it. */
		VALUE,

		/** Whether there is one. */
		PRESENCE,

		/** The keys of a map. */
		KEYS,

		/** The number of keys or elements. */
		SIZE

	}

	/**
	 * A read, also of what the same transaction wrote before.
	 *
	 * @param path where
	 * @param question what was asked
	 * @param seen what was observed
	 */
	record Read(String path, Question question, Object seen) implements Access {

		@Override
		public String toString() {
			return "%s of '%s' is %s".formatted(this.question.name().toLowerCase(Locale.ROOT), this.path, this.seen);
		}

	}

	/**
	 * A write.
	 *
	 * @param path where
	 * @param value what is stored from then on, {@link #ABSENT} after a removal
	 */
	record Write(String path, Object value) implements Access {

	}

	/**
	 * An amount added to a sum that it does not read. A sum is not unique and does not
	 * tell who added to it.
	 *
	 * @param path where
	 * @param amount the amount
	 */
	record Add(String path, long amount) implements Access {

	}

	/**
	 * An append to a list that it does not read.
	 *
	 * @param path where
	 * @param element the element
	 */
	record Append(String path, Object element) implements Access {

	}

}
