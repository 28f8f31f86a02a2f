package io.theus.internal.codec;

import org.jspecify.annotations.Nullable;

/**
 * Lets something stand for values that cannot be written themselves.
 *
 * @since 0.1.0
 */
public interface Substitution {

	/** Nothing stands for anything else. */
	Substitution NONE = new Substitution() {

		@Override
		public @Nullable Object replace(Object value) {
			return null;
		}

		@Override
		public Object resolve(@Nullable Object substitute) {
			throw new CodecException("nothing stands for other values here", null);
		}

	};

	/**
	 * Find what stands for a value.
	 * @param value the value
	 * @return its substitute, which is written, {@code null} if the value stands for
	 * itself
	 */
	@Nullable Object replace(Object value);

	/**
	 * Find the value for which something stands.
	 * @param substitute what was read
	 * @return the value
	 */
	Object resolve(@Nullable Object substitute);

}
