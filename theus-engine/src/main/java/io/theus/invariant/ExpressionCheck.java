package io.theus.invariant;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Expression;
import io.theus.expression.ExpressionEvaluationException;
import io.theus.path.Path;
import io.theus.state.StateChange;

/**
 * An expression is true of the state, what it was when the tick began, and the last
 * states.
 *
 * @param expression the expression
 * @param places what it depends on
 */
record ExpressionCheck(Expression expression, List<Places> places) implements Check.Forgetful {

	static final String NOW = "now";

	static final String BEFORE = "before";

	static final String WINDOW = "window";

	static final List<String> ROOTS = List.of(NOW, BEFORE, WINDOW + "()");

	// Compiled from the same text it says the same
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ExpressionCheck check && this.expression.text().equals(check.expression.text())
				&& this.places.equals(check.places);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.expression.text(), this.places);
	}

	@Override
	public void judge(Judgement judgement) {
		Proposal proposal = judgement.proposal();
		String problem = problem(judgement);
		if (problem != null) {
			judgement.violated(touched(proposal), null, problem);
		}
	}

	// What an evaluation says about its failure may show values
	private @Nullable String problem(Judgement judgement) {
		try {
			return this.expression.test((root) -> resolve(root, judgement)) ? null
					: "breaks '%s'".formatted(this.expression);
		}
		catch (ExpressionEvaluationException ex) {
			return "leaves '%s' without a value, position=%d".formatted(this.expression, ex.position());
		}
	}

	private static Object resolve(String root, Judgement judgement) {
		return switch (root) {
			case NOW -> judgement.proposal().after();
			case BEFORE -> judgement.startRoot();
			default -> new Window(judgement.proposal());
		};
	}

	private Path touched(Proposal proposal) {
		for (StateChange change : proposal.changes()) {
			if (this.places.stream().anyMatch((each) -> each.isTouchedAt(change.path()))) {
				return change.path();
			}
		}
		return proposal.changes().get(0).path();
	}

}
