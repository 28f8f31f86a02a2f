package io.theus.invariant;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.state.StateTree;
import io.theus.store.CommitOrigin;

/**
 * The sum of numbers stays what it is, but for some processes.
 *
 * @param places where the numbers are, no place twice
 * @param except the ids or short names of processes that may change the sum
 */
// The sum itself is not needed: it stays the same if what a commit adds and what it takes
// away
// do. Decimals are exact, so nothing is lost on the way.
record SumCheck(List<Places> places, Set<String> except) implements Check.Forgetful {

	@Override
	public void judge(Judgement judgement) {
		Proposal proposal = judgement.proposal();
		Moved moved = new Moved();
		for (Places each : this.places) {
			each.visitChanged(proposal, (path, before, after) -> {
				moved.add(path, before, after);
				if (after != StateTree.ABSENT && after != null && Amounts.of(after) == null) {
					judgement.violated(path, after, "is no number");
				}
			});
		}
		Path first = moved.first;
		if (first != null && moved.sum.signum() != 0 && !isFree(proposal)) {
			judgement.violated(first, null, "changes the sum of %s".formatted(this.places));
		}
	}

	private boolean isFree(Proposal proposal) {
		CommitOrigin origin = proposal.origin();
		return proposal.isInitial() || (origin.kind() == CommitOrigin.Kind.PROCESS
				&& this.except.stream().anyMatch((name) -> means(name, origin.name())));
	}

	// An id is the name of a process, in most cases behind that of its bean
	static boolean means(String name, String id) {
		return id.equals(name) || id.endsWith("." + name);
	}

	/**
	 * What a commit adds to the sum.
	 */
	private static final class Moved {

		private BigDecimal sum = BigDecimal.ZERO;

		private @Nullable Path first;

		void add(Path path, @Nullable Object before, @Nullable Object after) {
			this.first = (this.first != null) ? this.first : path;
			BigDecimal taken = Amounts.of(before);
			BigDecimal added = Amounts.of(after);
			this.sum = (taken != null) ? this.sum.subtract(taken) : this.sum;
			this.sum = (added != null) ? this.sum.add(added) : this.sum;
		}

	}

}
