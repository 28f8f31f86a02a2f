package io.theus.parallel;

import org.jspecify.annotations.Nullable;

import io.theus.HeavyArray;
import io.theus.heavy.HeavyBorrower;
import io.theus.heavy.HeavySlice;
import io.theus.internal.codec.CodecException;
import io.theus.internal.codec.Substitution;

/**
 * What travels in place of arrays in shared memory, which stay where they are.
 */
final class HeavyTransport {

	/** The engine's side: arrays go, and none come back. */
	static final Substitution LENDING = new Substitution() {

		@Override
		public @Nullable Object replace(Object value) {
			return (value instanceof HeavyArray array) ? HeavySlice.of(array) : null;
		}

		@Override
		public Object resolve(@Nullable Object substitute) {
			throw new CodecException("a worker does not lend arrays", null);
		}

	};

	private HeavyTransport() {
	}

	/**
	 * Return the worker's side.
	 * @param borrower shows arrays as long as a call runs
	 * @return arrays come, and none go back
	 */
	static Substitution borrowing(HeavyBorrower borrower) {
		return new Substitution() {

			@Override
			public @Nullable Object replace(Object value) {
				if (value instanceof HeavyArray) {
					throw new CodecException(
							"type=HeavyArray, only the engine allocates arrays, return numbers or a descriptor", null);
				}
				return null;
			}

			@Override
			public Object resolve(@Nullable Object substitute) {
				if (substitute instanceof HeavySlice slice) {
					return borrower.attach(slice);
				}
				throw new CodecException("what was read stands for no array", null);
			}

		};
	}

}
