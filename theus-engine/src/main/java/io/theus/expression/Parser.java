package io.theus.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.error.Excerpt;
import io.theus.error.Suggestions;
import io.theus.expression.Syntax.Kind;
import io.theus.expression.Syntax.Operand;

/**
 * Builds the tree of an expression by recursive descent; the grammar is in
 * docs/expressions.md. Each method is named after its rule.
 */
final class Parser {

	private static final Set<String> LITERALS = Set.of("True", "true", "False", "false", "None", "null");

	private static final Set<String> WORDS = Set.of("and", "or", "not", "in", "is", "if", "else");

	private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

	private static final Set<String> SUMS = Set.of("+", "-");

	private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");

	private final Source source;

	private final ExpressionLimits limits;

	private final Set<String> roots;

	private final List<Token> tokens;

	private int index;

	private int depth;

	Parser(Source source, Set<String> roots, ExpressionLimits limits) {
		this.source = source;
		this.roots = roots;
		this.limits = limits;
		this.tokens = new Lexer(source, limits).tokens();
	}

	static boolean isReserved(String name) {
		return LITERALS.contains(name) || WORDS.contains(name);
	}

	Syntax parse() {
		if (current().kind() == Token.Kind.END) {
			throw this.source.invalid(current().start(), "the expression is empty");
		}
		Syntax syntax = expression();
		if (current().kind() != Token.Kind.END) {
			throw unexpected("an operator or the end");
		}
		return syntax;
	}

	private Syntax expression() {
		return nested(() -> {
			Syntax first = disjunction();
			if (takeWord("if")) {
				Syntax condition = disjunction();
				expect(takeWord("else"), "'else'");
				Syntax otherwise = expression();
				return new Syntax.Conditional(condition, first, otherwise, first.start(), otherwise.end());
			}
			if (takeSymbol("?")) {
				Syntax then = expression();
				expect(takeSymbol(":"), "':'");
				Syntax otherwise = expression();
				return new Syntax.Conditional(first, then, otherwise, first.start(), otherwise.end());
			}
			return first;
		});
	}

	private Syntax disjunction() {
		return operation(Kind.OR, this::conjunction, () -> takeWord("or") || takeSymbol("||"));
	}

	private Syntax conjunction() {
		return operation(Kind.AND, this::negation, () -> takeWord("and") || takeSymbol("&&"));
	}

	private Syntax operation(Kind kind, Supplier<Syntax> operand, Supplier<Boolean> operator) {
		Syntax first = operand.get();
		List<Operand> rest = new ArrayList<>();
		for (Token token = current(); operator.get(); token = current()) {
			rest.add(new Operand(token.text(), operand.get(), token.start()));
		}
		return rest.isEmpty() ? first : new Syntax.Operation(kind, first, rest);
	}

	private Syntax negation() {
		int start = current().start();
		return takeWord("not") ? new Syntax.Unary("not", nested(this::negation), start) : comparison();
	}

	private Syntax comparison() {
		Syntax first = sum();
		List<Operand> rest = new ArrayList<>();
		int position = current().start();
		for (String operator = takeComparison(); operator != null; operator = takeComparison()) {
			rest.add(new Operand(operator, sum(), position));
			position = current().start();
		}
		return rest.isEmpty() ? first : new Syntax.Operation(Kind.COMPARISON, first, rest);
	}

	private @Nullable String takeComparison() {
		Token token = current();
		if (token.kind() == Token.Kind.SYMBOL && COMPARISONS.contains(token.text())) {
			this.index++;
			return token.text();
		}
		if (takeWord("in")) {
			return "in";
		}
		if (takeWord("is")) {
			return takeWord("not") ? "is not" : "is";
		}
		if (token.isWord("not") && this.tokens.get(this.index + 1).isWord("in")) {
			this.index += 2;
			return "not in";
		}
		return null;
	}

	private Syntax sum() {
		return operation(Kind.ARITHMETIC, this::product, () -> takeSymbol(SUMS));
	}

	private Syntax product() {
		return operation(Kind.ARITHMETIC, this::unary, () -> takeSymbol(PRODUCTS));
	}

	private Syntax unary() {
		Token token = current();
		if (takeSymbol("-") || takeSymbol("+") || takeSymbol("!")) {
			Syntax operand = nested(this::unary);
			if (token.isSymbol("-") && operand instanceof Syntax.Literal literal
					&& literal.value() instanceof Number number) {
				return new Syntax.Literal(Numbers.negate(number), token.start(), operand.end());
			}
			return new Syntax.Unary(token.text(), operand, token.start());
		}
		return chain();
	}

	private Syntax chain() {
		Syntax head = primary();
		List<Syntax.Step> steps = new ArrayList<>();
		int end = head.end();
		if (head instanceof Syntax.Chain begun) {
			head = begun.head();
			steps.addAll(begun.steps());
		}
		while (true) {
			Token token = current();
			if (takeSymbol(".")) {
				steps.add(member());
			}
			else if (takeSymbol("[")) {
				steps.add(new Syntax.Step(expression(), null, token.start()));
				expect(takeSymbol("]"), "']'");
			}
			else {
				return steps.isEmpty() ? head : new Syntax.Chain(head, steps, end);
			}
			end = this.tokens.get(this.index - 1).end();
		}
	}

	private Syntax.Step member() {
		Token name = current();
		expect(name.kind() == Token.Kind.NAME, "a name");
		this.index++;
		if (takeSymbol("(")) {
			if (!name.text().equals("get")) {
				throw this.source.invalid(name.start(), Excerpt.quoted(name.text())
						+ " cannot be called, there are no methods except get(key) and get(key, default)");
			}
			List<Syntax> arguments = arguments(")");
			if (arguments.isEmpty() || arguments.size() > 2) {
				throw this.source.invalid(name.start(),
						"'get' takes a key and perhaps a default, found " + arguments.size() + " arguments");
			}
			return new Syntax.Step(arguments.get(0), (arguments.size() == 2) ? arguments.get(1) : null, name.start());
		}
		if (name.text().startsWith("__")) {
			throw this.source.invalid(name.start(), "names that begin with '__' cannot be reached");
		}
		return new Syntax.Step(new Syntax.Literal(name.text(), name.start(), name.end()), null, name.start());
	}

	private Syntax primary() {
		Token token = current();
		this.index++;
		return switch (token.kind()) {
			case NUMBER, TEXT -> new Syntax.Literal(token.value(), token.start(), token.end());
			case NAME -> name(token);
			case SYMBOL, END -> grouped(token);
		};
	}

	private Syntax grouped(Token token) {
		if (token.isSymbol("(")) {
			Syntax inner = expression();
			if (current().isSymbol(",")) {
				throw this.source.invalid(current().start(), "there are no tuples, write a list in brackets");
			}
			expect(takeSymbol(")"), "')'");
			return inner;
		}
		if (token.isSymbol("[")) {
			List<Syntax> items = arguments("]");
			return new Syntax.Items(items, token.start(), this.tokens.get(this.index - 1).end());
		}
		this.index--;
		throw unexpected("a value");
	}

	private Syntax name(Token token) {
		String name = token.text();
		if (LITERALS.contains(name)) {
			Object value = switch (name) {
				case "True", "true" -> true;
				case "False", "false" -> false;
				default -> null;
			};
			return new Syntax.Literal(value, token.start(), token.end());
		}
		if (WORDS.contains(name)) {
			this.index--;
			throw unexpected("a value");
		}
		if (takeSymbol("(")) {
			return this.roots.contains(name + Expression.CALLED) ? called(token) : call(token);
		}
		if (!this.roots.contains(name)) {
			throw this.source.invalid(token.start(), "unknown name " + Excerpt.quoted(name)
					+ Suggestions.didYouMean(name, this.roots) + ", known=" + new TreeSet<>(this.roots));
		}
		return new Syntax.Root(name, token.start(), token.end());
	}

	// What is called enters the value of the name by the argument
	private Syntax called(Token token) {
		List<Syntax> arguments = arguments(")");
		if (arguments.size() != 1) {
			throw this.source.invalid(token.start(),
					"'" + token.text() + "' takes 1 argument, found " + arguments.size() + " arguments");
		}
		return new Syntax.Chain(new Syntax.Root(token.text(), token.start(), token.end()),
				List.of(new Syntax.Step(arguments.get(0), null, token.start())), this.tokens.get(this.index - 1).end());
	}

	private Syntax call(Token token) {
		Function function = Function.find(token.text());
		if (function == null) {
			throw this.source.invalid(token.start(), "unknown function " + Excerpt.quoted(token.text())
					+ Suggestions.didYouMean(token.text(), Function.names()) + ", known=" + Function.names());
		}
		List<Syntax> arguments = arguments(")");
		if (arguments.size() < function.fewest() || arguments.size() > function.most()) {
			throw this.source.invalid(token.start(), "function '" + token.text() + "' takes " + function.signature()
					+ ", found " + arguments.size() + " arguments");
		}
		return new Syntax.Call(function, arguments, token.start(), this.tokens.get(this.index - 1).end());
	}

	private List<Syntax> arguments(String close) {
		List<Syntax> arguments = new ArrayList<>();
		while (!takeSymbol(close)) {
			arguments.add(expression());
			if (!takeSymbol(",")) {
				expect(takeSymbol(close), "',' or '" + close + "'");
				return arguments;
			}
		}
		return arguments;
	}

	private Syntax nested(Supplier<Syntax> rule) {
		if (++this.depth > this.limits.depth()) {
			throw this.source.invalid(current().start(),
					"the expression is nested too deeply, limit=" + this.limits.depth());
		}
		Syntax syntax = rule.get();
		this.depth--;
		return syntax;
	}

	private Token current() {
		return this.tokens.get(this.index);
	}

	private boolean takeWord(String word) {
		boolean taken = current().isWord(word);
		this.index += taken ? 1 : 0;
		return taken;
	}

	private boolean takeSymbol(String symbol) {
		return takeSymbol(Set.of(symbol));
	}

	private boolean takeSymbol(Set<String> symbols) {
		boolean taken = current().kind() == Token.Kind.SYMBOL && symbols.contains(current().text());
		this.index += taken ? 1 : 0;
		return taken;
	}

	private void expect(boolean found, String expected) {
		if (!found) {
			throw unexpected(expected);
		}
	}

	private ExpressionSyntaxException unexpected(String expected) {
		return this.source.invalid(current().start(), "expected " + expected + ", found " + current().describe());
	}

}
