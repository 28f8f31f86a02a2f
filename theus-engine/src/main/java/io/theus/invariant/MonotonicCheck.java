package io.theus.invariant;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.state.StateTree;

/**
 * Values never go down, or never up.
 *
 * @param place where
 * @param decreasing whether they never go up
 */
record MonotonicCheck(Places place, boolean decreasing) implements Check.Forgetful {

	@Override
	public List<Places> places() {
		return List.of(this.place);
	}

	@Override
	public void judge(Judgement judgement) {
		this.place.visitChanged(judgement.proposal(), (path, before, after) -> {
			Object start = judgement.startOf(path, before, after);
			if (after != StateTree.ABSENT && after != null && start != StateTree.ABSENT && start != null) {
				judge(path, start, after, judgement);
			}
		});
	}

	private void judge(Path path, Object start, Object after, Judgement judgement) {
		Integer order = compare(after, start);
		if (order == null) {
			judgement.violated(path, after, "cannot be compared with what it was %s".formatted(judgement.since()));
		}
		else if (this.decreasing ? order > 0 : order < 0) {
			judgement.violated(path, after,
					"is %s than %s".formatted(this.decreasing ? "higher" : "lower", judgement.since()));
		}
	}

	// Numbers of all types, and whatever else has an order, such as times
	@SuppressWarnings("unchecked")
	private static @Nullable Integer compare(Object after, Object start) {
		BigDecimal number = Amounts.of(after);
		BigDecimal earlier = Amounts.of(start);
		if (number != null && earlier != null) {
			return number.compareTo(earlier);
		}
		boolean comparable = after instanceof Comparable<?> && after.getClass() == start.getClass()
				&& !(after instanceof Number);
		return comparable ? ((Comparable<Object>) after).compareTo(start) : null;
	}

}
