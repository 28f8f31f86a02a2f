package io.theus.invariant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.state.StateTree;

/**
 * One place comes before another: nothing is at the second while nothing is at the first,
 * or, where there are ticks, the second changes only after the first has changed in the
 * tick. The same commit is early enough.
 *
 * @param first the places that come first
 * @param then the places that follow, as many wildcards
 * @param tick what is a tick, {@code null} for all time
 */
record OrderCheck(Places first, Places then, @Nullable Tick tick) implements Check.Forgetful {

	@Override
	public List<Places> places() {
		return List.of(this.first, this.then);
	}

	@Override
	public void judge(Judgement judgement) {
		if (this.tick == null) {
			judgePresence(judgement);
		}
		else if (!judgement.proposal().isInitial()) {
			judgeTick(judgement);
		}
	}

	private void judgePresence(Judgement judgement) {
		Proposal proposal = judgement.proposal();
		this.then.visitChanged(proposal, (path, before, after) -> {
			Path condition = this.then.counterpart(path, this.first);
			if (isThere(after) && !isThere(StateTree.find(proposal.after(), condition))) {
				judgement.violated(path, after, "is there without '%s'".formatted(condition));
			}
		});
		this.first.visitChanged(proposal, (path, before, after) -> {
			Path consequence = this.first.counterpart(path, this.then);
			Object there = StateTree.find(proposal.after(), consequence);
			if (!isThere(after) && isThere(there)) {
				judgement.violated(consequence, there, "is there without '%s'".formatted(path));
			}
		});
	}

	private void judgeTick(Judgement judgement) {
		Set<Path> now = new HashSet<>();
		this.first.visitChanged(judgement.proposal(), (path, before, after) -> {
			now.add(path);
			judgement.markChanged(path);
		});
		this.then.visitChanged(judgement.proposal(), (path, before, after) -> {
			Path condition = this.then.counterpart(path, this.first);
			if (isThere(after) && !now.contains(condition) && !judgement.hasChanged(condition)) {
				judgement.violated(path, after, "changes before '%s' has changed in the tick".formatted(condition));
			}
		});
	}

	private static boolean isThere(@Nullable Object value) {
		return value != null && value != StateTree.ABSENT;
	}

}
