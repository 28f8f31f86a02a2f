package io.theus.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A text with expressions in <code>#{}</code>, as the values of a workflow document are.
 * A text that is one expression as a whole has the value of the expression with its type;
 * any other text is put together from its parts. A text without expressions stands for
 * itself.
 *
 * <p>
 * Templates are immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Template {

	private static final String OPEN = "#{";

	private final Source source;

	private final ExpressionLimits limits;

	private final List<Part> parts;

	private Template(Source source, ExpressionLimits limits, List<Part> parts) {
		this.source = source;
		this.limits = limits;
		this.parts = parts;
	}

	/**
	 * Compile a text within {@link ExpressionLimits#DEFAULT}.
	 * @param text the text
	 * @param roots the first names that its expressions may use
	 * @return the compiled template
	 * @throws ExpressionSyntaxException if an expression is invalid; its position is that
	 * in the text
	 */
	public static Template compile(String text, Collection<String> roots) {
		return compile(text, roots, ExpressionLimits.DEFAULT);
	}

	/**
	 * Compile a text.
	 * @param text the text
	 * @param roots the first names that its expressions may use
	 * @param limits bounds on each expression, and on the text that is put together
	 * @return the compiled template
	 * @throws ExpressionSyntaxException if an expression is invalid; its position is that
	 * in the text
	 */
	public static Template compile(String text, Collection<String> roots, ExpressionLimits limits) {
		Source source = new Source(text, 0, text.length());
		Set<String> names = Set.copyOf(roots);
		List<Part> parts = new ArrayList<>();
		int index = 0;
		for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, index)) {
			int close = close(source, open);
			Source inner = new Source(text, open + OPEN.length(), close);
			if (open > index) {
				parts.add(new Part(text.substring(index, open), null, index));
			}
			parts.add(new Part("", Expression.compile(inner, names, limits), inner.start()));
			index = close + 1;
		}
		if (index < text.length()) {
			parts.add(new Part(text.substring(index), null, index));
		}
		return new Template(source, limits, List.copyOf(parts));
	}

	// Finds the brace that closes an expression; one in a quoted text does not.
	private static int close(Source source, int open) {
		String text = source.text();
		char quote = 0;
		for (int index = open + OPEN.length(); index < text.length(); index++) {
			char character = text.charAt(index);
			if (quote != 0) {
				index += (character == '\\') ? 1 : 0;
				quote = (character == quote) ? 0 : quote;
			}
			else if (character == '}') {
				return index;
			}
			else if (character == '\'' || character == '"') {
				quote = character;
			}
		}
		throw source.invalid(open, "'#{' is not closed, a '}' " + ((quote != 0) ? "or a quote " : "") + "is missing");
	}

	/**
	 * Evaluate the template.
	 * @param scope gives the names their values
	 * @return the value of the only expression, or text
	 * @throws ExpressionEvaluationException if an expression cannot be evaluated, or has
	 * no value or one without text form in the middle of text
	 */
	public @Nullable Object evaluate(Scope scope) {
		if (this.parts.size() == 1 && this.parts.get(0).expression() != null) {
			return this.parts.get(0).expression().evaluate(scope);
		}
		Evaluation evaluation = new Evaluation(scope, this.limits);
		String text = "";
		for (Part part : this.parts) {
			text = append(text, part, evaluation);
		}
		return text;
	}

	private String append(String text, Part part, Evaluation evaluation) {
		if (part.expression() == null) {
			return text + part.text();
		}
		Object value = part.expression().evaluate(evaluation.scope());
		Site site = new Site(this.source, part.position(), "#{}", List.of());
		if (value == null) {
			throw site.failed("'" + part.expression() + "' is absent and cannot be part of a text, give a default with"
					+ " get(key, default)");
		}
		return Arithmetic.join(text, Values.render(value, site, evaluation), site, evaluation);
	}

	/**
	 * Return the text from which the template was compiled.
	 * @return the text with its expressions
	 */
	public String text() {
		return this.source.text();
	}

	/**
	 * Return the expressions in the text.
	 * @return unmodifiable, in the order of the text; empty if the text is constant
	 */
	public List<Expression> expressions() {
		return this.parts.stream().map(Part::expression).filter(Objects::nonNull).toList();
	}

	@Override
	public String toString() {
		return text();
	}

	/**
	 * A piece of the text.
	 *
	 * @param text constant text
	 * @param expression the expression that takes the place of text
	 * @param position where the piece begins
	 */
	private record Part(String text, @Nullable Expression expression, int position) {

	}

}
