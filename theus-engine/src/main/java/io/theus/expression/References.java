package io.theus.expression;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Lists what an expression refers to, without evaluating it.
 */
final class References {

	private final Set<String> roots = new LinkedHashSet<>();

	private final Set<String> chains = new LinkedHashSet<>();

	References(Syntax syntax) {
		visit(syntax);
	}

	Set<String> roots() {
		return this.roots;
	}

	Set<String> chains() {
		return this.chains;
	}

	private void visit(@Nullable Syntax syntax) {
		if (syntax instanceof Syntax.Root root) {
			this.roots.add(root.name());
			this.chains.add(root.name());
		}
		else if (syntax instanceof Syntax.Chain chain) {
			visitChain(chain);
		}
		else if (syntax instanceof Syntax.Items items) {
			items.items().forEach(this::visit);
		}
		else if (syntax instanceof Syntax.Unary unary) {
			visit(unary.operand());
		}
		else if (syntax instanceof Syntax.Operation operation) {
			visit(operation.first());
			operation.rest().forEach((operand) -> visit(operand.syntax()));
		}
		else if (syntax instanceof Syntax.Conditional conditional) {
			visit(conditional.then());
			visit(conditional.condition());
			visit(conditional.otherwise());
		}
		else if (syntax instanceof Syntax.Call call) {
			call.arguments().forEach(this::visit);
		}
	}

	private void visitChain(Syntax.Chain chain) {
		if (chain.head() instanceof Syntax.Root root) {
			this.roots.add(root.name());
			this.chains.add(constantPart(root, chain));
		}
		else {
			visit(chain.head());
		}
		for (Syntax.Step step : chain.steps()) {
			visit(step.key());
			visit(step.fallback());
		}
	}

	private static String constantPart(Syntax.Root root, Syntax.Chain chain) {
		StringBuilder path = new StringBuilder(root.name());
		for (Syntax.Step step : chain.steps()) {
			if (!(step.key() instanceof Syntax.Literal literal) || !append(path, literal.value())
					|| step.fallback() != null) {
				break;
			}
		}
		return path.toString();
	}

	private static boolean append(StringBuilder path, @Nullable Object key) {
		if (key instanceof String name) {
			boolean plain = Expression.isName(name);
			path.append(plain ? "." + name : "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']");
			return true;
		}
		if (key instanceof Long index && index >= 0) {
			path.append('[').append(index).append(']');
			return true;
		}
		return false;
	}

}
