package io.theus.expression;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. The language is described in docs/expressions.md.
 *
 * <p>
 * Expressions are immutable and safe for use by several threads. An evaluation reads
 * nothing but its {@link Scope} and changes nothing.
 *
 * @since 0.1.0
 */
public final class Expression {

	private static final String OPEN = "#{";

	private static final String CLOSE = "}";

	// Behind the name of a value that is entered by a call
	static final String CALLED = "()";

	private final Source source;

	private final Code code;

	private final ExpressionLimits limits;

	private final List<String> names;

	private final List<String> references;

	private Expression(Source source, Syntax syntax, ExpressionLimits limits) {
		this.source = source;
		this.limits = limits;
		this.code = new Compiler(source).value(syntax);
		References found = new References(syntax);
		this.names = List.copyOf(found.roots());
		this.references = List.copyOf(found.chains());
	}

	/**
	 * Compile an expression within {@link ExpressionLimits#DEFAULT}.
	 * @param text the expression, as a whole in <code>#{}</code> or without
	 * @param roots the first names that it may use; one that ends in {@code ()} is called
	 * with one argument, which enters the value of the name as a key does
	 * @return the compiled expression
	 * @throws ExpressionSyntaxException if it is not part of the language or uses another
	 * name
	 */
	public static Expression compile(String text, Collection<String> roots) {
		return compile(text, roots, ExpressionLimits.DEFAULT);
	}

	/**
	 * Compile an expression.
	 * @param text the expression, as a whole in <code>#{}</code> or without
	 * @param roots the first names that it may use
	 * @param limits bounds on the expression and on each evaluation
	 * @return the compiled expression
	 * @throws ExpressionSyntaxException if it is not part of the language, uses another
	 * name or exceeds a bound
	 */
	public static Expression compile(String text, Collection<String> roots, ExpressionLimits limits) {
		String trimmed = text.strip();
		if (trimmed.startsWith(OPEN) && trimmed.endsWith(CLOSE)) {
			int start = text.indexOf(OPEN) + OPEN.length();
			return compile(new Source(text, start, text.lastIndexOf(CLOSE)), Set.copyOf(roots), limits);
		}
		return compile(new Source(text, 0, text.length()), Set.copyOf(roots), limits);
	}

	static Expression compile(Source source, Set<String> roots, ExpressionLimits limits) {
		if (source.end() - source.start() > limits.length()) {
			throw source.invalid(source.start(),
					"the expression is too long, limit=" + limits.length() + " characters");
		}
		for (String root : roots) {
			if (!isName(root.endsWith(CALLED) ? root.substring(0, root.length() - CALLED.length()) : root)) {
				throw new IllegalArgumentException("'" + root + "' cannot be the name of a value");
			}
		}
		return new Expression(source, new Parser(source, roots, limits).parse(), limits);
	}

	/**
	 * Tell whether a text can be a first name: it has the form of a name and is no word
	 * of the language.
	 * @param text the text
	 * @return whether it can be passed to {@link #compile} as a root
	 */
	public static boolean isName(String text) {
		return !text.isEmpty() && Lexer.isNameStart(text.codePointAt(0))
				&& text.codePoints().allMatch(Lexer::isNamePart) && !Parser.isReserved(text);
	}

	/**
	 * Evaluate the expression.
	 * @param scope gives the names their values
	 * @return the value, never a {@link Navigable}; integers are {@link Long} or
	 * {@link java.math.BigInteger}, computed decimals {@link java.math.BigDecimal}, what
	 * was only read is as the scope gave it
	 * @throws ExpressionEvaluationException if values do not fit, or a bound is exceeded
	 */
	public @Nullable Object evaluate(Scope scope) {
		return this.code.run(new Evaluation(scope, this.limits));
	}

	/**
	 * Evaluate the expression as a condition.
	 * @param scope gives the names their values
	 * @return whether the value counts as true; false are null, false, zero and whatever
	 * is empty
	 * @throws ExpressionEvaluationException if values do not fit, or a bound is exceeded
	 */
	public boolean test(Scope scope) {
		return this.code.test(new Evaluation(scope, this.limits));
	}

	/**
	 * Return the expression without <code>#{}</code>.
	 * @return the text from which it was compiled
	 */
	public String text() {
		return this.source.text().substring(this.source.start(), this.source.end());
	}

	/**
	 * Return the first names that the expression uses.
	 * @return unmodifiable, in the order of their first use
	 */
	public List<String> names() {
		return this.names;
	}

	/**
	 * Return the chains of members that the expression reads, as far as they are known
	 * without evaluating it, for checks and plans.
	 * @return unmodifiable, for example {@code domain.order.total}, or
	 * {@code domain.orders} and {@code inputs.id} for
	 * {@code domain.orders[inputs.id].total}; a key that is not a name is written
	 * {@code ['BRK.A']}, an index {@code [0]}
	 */
	public List<String> references() {
		return this.references;
	}

	@Override
	public String toString() {
		return text();
	}

}
