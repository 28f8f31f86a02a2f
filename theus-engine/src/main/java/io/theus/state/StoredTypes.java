package io.theus.state;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;

/**
 * What a schema makes of a value that is written, before it is accepted: the declared
 * type, where that loses nothing.
 *
 * @since 0.1.0
 */
public interface StoredTypes {

	/**
	 * No schema: every value stays what it is.
	 */
	StoredTypes NONE = new StoredTypes() {

		@Override
		public @Nullable Object convert(Path path, @Nullable Object value) {
			return value;
		}

		@Override
		public @Nullable Object convertElement(Path path, @Nullable Object element) {
			return element;
		}

	};

	/**
	 * Convert a value to the type that is declared for its path.
	 * @param path where it is written
	 * @param value the value as it was given
	 * @return an instance of the declared type, the value itself if nothing is declared
	 * or if it cannot be converted without loss
	 * @throws RuntimeException if a map stands for a record and cannot become one
	 */
	@Nullable Object convert(Path path, @Nullable Object value);

	/**
	 * Convert an element to the type that is declared for those of a list or set.
	 * @param path the path of the list or set
	 * @param element the element as it was given
	 * @return as for {@link #convert}
	 * @throws RuntimeException if a map stands for a record and cannot become one
	 */
	@Nullable Object convertElement(Path path, @Nullable Object element);

}
