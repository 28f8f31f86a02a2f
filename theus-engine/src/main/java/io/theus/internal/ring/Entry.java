package io.theus.internal.ring;

import org.jspecify.annotations.Nullable;

/**
 * What a slot of a {@link BroadcastRing} holds: a value and the sequence number under
 * which it was published, or the mark that ends the ring. Never changed once it is in its
 * slot.
 *
 * @param <T> the type of the values
 */
sealed class Entry<T> {

	/** The number of the entry, or for the mark that of the entry which never comes. */
	final long sequence;

	/** The published value, {@code null} for the mark. */
	final @Nullable T value;

	Entry(long sequence, @Nullable T value) {
		this.sequence = sequence;
		this.value = value;
	}

	/**
	 * The mark that ends the ring.
	 *
	 * @param <T> the type of the values
	 */
	static final class End<T> extends Entry<T> {

		/** What the mark took the slot from, so that closing costs no reader an entry. */
		final @Nullable Entry<T> displaced;

		End(long sequence, @Nullable Entry<T> displaced) {
			super(sequence, null);
			this.displaced = displaced;
		}

	}

}
