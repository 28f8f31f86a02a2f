package io.theus.spring.boot.autoconfigure;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.theus.audit.recipe.InvalidAuditRecipeException;
import io.theus.contract.InvalidContractException;
import io.theus.contract.InvalidVariableException;
import io.theus.error.Excerpt;
import io.theus.error.TheusException;
import io.theus.expression.ExpressionSyntaxException;
import io.theus.initial.InvalidInitialStateException;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.SourcePosition;
import io.theus.invariant.InvalidInvariantException;
import io.theus.path.InvalidPathException;
import io.theus.process.DuplicateProcessException;
import io.theus.process.ProcessNotFoundException;
import io.theus.schema.InvalidSchemaException;
import io.theus.schema.SchemaViolationException;
import io.theus.spring.signal.InvalidSignalListenerException;
import io.theus.state.InvalidMergeRuleException;
import io.theus.workflow.InvalidWorkflowException;

/**
 * Says in two sentences what is wrong with a declaration and what to do. Failures of
 * processes that run during start-up are left to their stack traces.
 */
final class TheusFailureAnalyzer extends AbstractFailureAnalyzer<TheusException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, TheusException cause) {
		if (cause instanceof InvalidContractException contract) {
			return analysis("process '%s' is declared wrongly: %s".formatted(contract.process(), contract.problem()),
					contract.action(), cause);
		}
		if (cause instanceof InvalidSignalListenerException listener) {
			return analysis(
					"signal listener '%s' is declared wrongly: %s".formatted(listener.listener(), listener.problem()),
					listener.action(), cause);
		}
		if (cause instanceof InvalidVariableException variable) {
			return analysis(
					"contract variable '%s' is declared wrongly: %s".formatted(variable.variable(), variable.problem()),
					variable.action(), cause);
		}
		if (cause instanceof DuplicateProcessException duplicate) {
			return analysis("process '%s' is registered twice".formatted(duplicate.process()),
					"give one of the beans another name, or one of the methods if they are of one bean", cause);
		}
		if (cause instanceof ProcessNotFoundException) {
			return analysis(String.valueOf(cause.getMessage()),
					"use the id or the unique name of a process, or define a bean with a method annotated with @Process",
					cause);
		}
		if (cause instanceof InvalidPathException path) {
			return analysis("'%s' is not a path: %s:\n\n%s".formatted(path.path(), path.problem(),
					excerpt(path.path(), path.position())), "correct the path at the marked position", cause);
		}
		if (cause instanceof ExpressionSyntaxException syntax) {
			return analysis(
					"an expression is invalid: %s:\n\n%s".formatted(syntax.problem(),
							excerpt(syntax.expression(), syntax.position())),
					"correct the expression at the marked position", cause);
		}
		if (cause instanceof InvalidWorkflowException workflow) {
			return analysis("workflow '%s' is invalid: %s".formatted(workflow.workflow(), workflow.problem()),
					workflow.position(), cause);
		}
		if (cause instanceof InvalidAuditRecipeException recipe) {
			return analysis("an audit recipe cannot be enforced: %s".formatted(recipe.problem()), recipe.position(),
					cause);
		}
		if (cause instanceof InvalidYamlException yaml) {
			return analysis("document '%s' cannot be used: %s".formatted(yaml.resource(), yaml.problem()),
					yaml.position(), cause);
		}
		if (cause instanceof InvalidSchemaException || cause instanceof InvalidInitialStateException
				|| cause instanceof InvalidMergeRuleException || cause instanceof InvalidInvariantException) {
			return analysis(String.valueOf(cause.getMessage()), "correct one of the declarations that are named",
					cause);
		}
		if (cause instanceof SchemaViolationException && rootFailure instanceof BeansException) {
			return analysis(String.valueOf(cause.getMessage()), "correct the initial state or the schema", cause);
		}
		if (cause instanceof InvalidTheusPropertyException property) {
			return analysis("property '%s' is invalid: %s".formatted(property.property(), property.problem()),
					"change the value in your configuration", cause);
		}
		return null;
	}

	private static FailureAnalysis analysis(String problem, @Nullable SourcePosition position, Throwable cause) {
		if (position == null) {
			return analysis(problem, "correct the definition in the code", cause);
		}
		String place = "%s, line %d, column %d".formatted(position.resource(), position.line(), position.column());
		return analysis("%s:\n\n    %s\n\n%s".formatted(problem, place, position.excerpt().indent(4)),
				"correct the document at the marked place", cause);
	}

	private static String excerpt(String text, int position) {
		return Excerpt.at(text, position).indent(4);
	}

	private static FailureAnalysis analysis(String description, String action, Throwable cause) {
		return new FailureAnalysis(sentence(description), sentence(action), cause);
	}

	private static String sentence(String text) {
		String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
		return (capital.endsWith("\n") || capital.endsWith(".")) ? capital : capital + ".";
	}

}
