package io.theus.invariant;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.state.StateTree;

/**
 * Numbers lie between two bounds.
 *
 * @param place where
 * @param min the smallest number, {@code null} for any
 * @param max the largest number, {@code null} for any
 */
record RangeCheck(Places place, @Nullable BigDecimal min, @Nullable BigDecimal max) implements Check.Forgetful {

	@Override
	public List<Places> places() {
		return List.of(this.place);
	}

	@Override
	public void judge(Judgement judgement) {
		this.place.visitChanged(judgement.proposal(), (path, before, after) -> {
			String problem = (after != StateTree.ABSENT && after != null) ? problem(after) : null;
			if (problem != null) {
				judgement.violated(path, after, problem);
			}
		});
	}

	private @Nullable String problem(Object value) {
		BigDecimal number = Amounts.of(value);
		if (number == null) {
			return "is no number";
		}
		if (this.min != null && number.compareTo(this.min) < 0) {
			return "is below min=%s".formatted(this.min.toPlainString());
		}
		if (this.max != null && number.compareTo(this.max) > 0) {
			return "is above max=%s".formatted(this.max.toPlainString());
		}
		return null;
	}

}
