package io.theus.expression;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The tree of an expression. Operators of one precedence are one node with many operands,
 * so that the tree is deep only where its text nests.
 */
sealed interface Syntax {

	int start();

	int end();

	/**
	 * A number, text, boolean or null.
	 *
	 * @param value its value
	 * @param start where it begins
	 * @param end the index after it
	 */
	record Literal(@Nullable Object value, int start, int end) implements Syntax {

	}

	/**
	 * A list that is written out.
	 *
	 * @param items its elements
	 * @param start where it begins
	 * @param end the index after it
	 */
	record Items(List<Syntax> items, int start, int end) implements Syntax {

	}

	/**
	 * A first name.
	 *
	 * @param name the name
	 * @param start where it begins
	 * @param end the index after it
	 */
	record Root(String name, int start, int end) implements Syntax {

	}

	/**
	 * A value that is entered, member by member.
	 *
	 * @param head the value
	 * @param steps the members
	 * @param end the index after it
	 */
	record Chain(Syntax head, List<Step> steps, int end) implements Syntax {

		@Override
		public int start() {
			return this.head.start();
		}

	}

	/**
	 * One member of a chain.
	 *
	 * @param key the key, a literal if written after a point
	 * @param fallback the second argument of {@code get}
	 * @param position where the key stands
	 */
	record Step(Syntax key, @Nullable Syntax fallback, int position) {

	}

	/**
	 * An operator with one operand.
	 *
	 * @param operator the operator
	 * @param operand the operand
	 * @param start where it begins
	 */
	record Unary(String operator, Syntax operand, int start) implements Syntax {

		@Override
		public int end() {
			return this.operand.end();
		}

	}

	/**
	 * Operands joined by operators of one kind and precedence, read from the left.
	 *
	 * @param kind what the operators do
	 * @param first the first operand
	 * @param rest the operators with their right operands, at least one
	 */
	record Operation(Kind kind, Syntax first, List<Operand> rest) implements Syntax {

		@Override
		public int start() {
			return this.first.start();
		}

		@Override
		public int end() {
			return this.rest.get(this.rest.size() - 1).syntax().end();
		}

	}

	/**
	 * An operator and what stands right of it.
	 *
	 * @param operator the operator, words joined by one space
	 * @param syntax the operand
	 * @param position where the operator stands
	 */
	record Operand(String operator, Syntax syntax, int position) {

	}

	/**
	 * One value or another.
	 *
	 * @param condition the condition
	 * @param then the value if it holds
	 * @param otherwise the value if it does not
	 * @param start where it begins
	 * @param end the index after it
	 */
	record Conditional(Syntax condition, Syntax then, Syntax otherwise, int start, int end) implements Syntax {

	}

	/**
	 * A call of a function.
	 *
	 * @param function the function
	 * @param arguments its arguments, as many as it takes
	 * @param start where it begins
	 * @param end the index after it
	 */
	record Call(Function function, List<Syntax> arguments, int start, int end) implements Syntax {

	}

	enum Kind {

		ARITHMETIC, COMPARISON, AND, OR

	}

}
