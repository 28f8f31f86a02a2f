package io.theus.invariant;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.state.StateTree;

/**
 * Numbers change by an allowed increment within a tick.
 *
 * @param place where
 * @param min the smallest increment, negative for a decrement
 * @param max the largest increment
 */
// A place that comes into being compares with its first value
record StepCheck(Places place, BigDecimal min, BigDecimal max) implements Check.Forgetful {

	@Override
	public List<Places> places() {
		return List.of(this.place);
	}

	@Override
	public void judge(Judgement judgement) {
		this.place.visitChanged(judgement.proposal(), (path, before, after) -> {
			Object start = judgement.startOf(path, before, after);
			if (after != StateTree.ABSENT && after != null) {
				judge(path, start, after, judgement);
			}
		});
	}

	private void judge(Path path, @Nullable Object start, Object after, Judgement judgement) {
		BigDecimal number = Amounts.of(after);
		if (number == null) {
			judgement.violated(path, after, "is no number");
			return;
		}
		BigDecimal earlier = Amounts.of(start);
		if (earlier == null) {
			return;
		}
		BigDecimal step = number.subtract(earlier);
		if (step.compareTo(this.max) > 0) {
			judgement.violated(path, after,
					"is more than max=%s above what it was %s".formatted(this.max.toPlainString(), judgement.since()));
		}
		else if (step.compareTo(this.min) < 0) {
			judgement.violated(path, after,
					"is less than min=%s above what it was %s".formatted(this.min.toPlainString(), judgement.since()));
		}
	}

}
