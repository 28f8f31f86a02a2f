package io.theus.process;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import io.theus.path.PathPattern;

/**
 * A parameter of a process.
 *
 * @param name its name
 * @param type its generic type
 * @param kind who supplies its value
 * @param input for {@link Kind#INPUT} the path to read, else {@code null}
 * @param optional whether it may be left out: an absent input, a null argument
 * @since 0.1.0
 */
public record Parameter(String name, Type type, Kind kind, @Nullable PathPattern input, boolean optional) {

	/**
	 * Who supplies the value of a parameter.
	 */
	public enum Kind {

		/**
		 * The caller.
		 */
		ARGUMENT,

		/**
		 * The engine, from the state.
		 */
		INPUT,

		/**
		 * The engine: the context of the attempt.
		 */
		CONTEXT

	}

}
