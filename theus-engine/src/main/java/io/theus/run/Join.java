package io.theus.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.Block;
import io.theus.workflow.ForEachStep;
import io.theus.workflow.ParallelStep;
import io.theus.workflow.Step;

/**
 * The place where parallel branches come together again.
 */
// Used with the lock of the run in hand. The branches share out numbers, one for each
// part of the work: a parallel step has as many branches as parts, a repetition for items
// keeps some branches busy until all items are done.
final class Join {

	private final Branches branches;

	private final Branch parent;

	private final Step step;

	private final Position after;

	private final Locals locals;

	private final int parts;

	private final boolean any;

	private final List<Results> results = new ArrayList<>();

	private final List<Branch> open = new ArrayList<>();

	private int begun;

	private @Nullable SignalSet signals;

	private int winner = -1;

	private boolean together;

	private final List<@Nullable Object> items;

	Join(Branches branches, Branch parent, ParallelStep step, Position at) {
		this(branches, parent, step, at, step.branches().size(), step.join() == ParallelStep.Join.ANY, List.of());
	}

	Join(Branches branches, Branch parent, ForEachStep step, Position at, List<@Nullable Object> items) {
		this(branches, parent, step, at, items.size(), false, items);
	}

	private Join(Branches branches, Branch parent, Step step, Position at, int parts, boolean any,
			List<@Nullable Object> items) {
		this.branches = branches;
		this.parent = parent;
		this.step = step;
		this.after = at.afterStep();
		this.locals = at.locals();
		this.parts = parts;
		this.any = any;
		this.items = items;
	}

	/**
	 * Make the branches that begin at once.
	 * @param limit how many at most
	 * @return the branches
	 */
	List<Branch> branches(int limit) {
		List<Branch> first = new ArrayList<>();
		while (this.begun < this.parts && first.size() < limit) {
			first.add(next());
		}
		return first;
	}

	private Branch next() {
		int part = this.begun++;
		Locals own = (this.step instanceof ForEachStep each) ? this.locals.with(each.variable(), this.items.get(part))
				: this.locals.apart();
		Block block = (this.step instanceof ForEachStep each) ? each.body()
				: ((ParallelStep) this.step).branches().get(part);
		this.results.add(own.results());
		Branch branch = new Branch(this.parent, this, part, Position.startOf(block, null, own), this.parent.signals());
		this.open.add(branch);
		return branch;
	}

	/**
	 * A branch is gone.
	 * @param branch the branch
	 * @param completed whether it came to its end
	 * @return who goes on on its thread: another branch, the parent if this was the last
	 * one, {@code null} for nobody
	 */
	@Nullable Branch gone(Branch branch, boolean completed) {
		this.open.remove(branch);
		if (completed && this.winner < 0) {
			if (this.any) {
				this.winner = branch.index();
				this.signals = branch.signals();
				this.open.forEach(Branch::stop);
				this.branches.fetchStopped();
			}
			else {
				this.signals = (this.signals != null) ? this.signals.union(branch.signals()) : branch.signals();
			}
		}
		if (completed && !this.any && this.begun < this.parts && !this.parent.isStopped()) {
			return next();
		}
		if (!this.open.isEmpty()) {
			return null;
		}
		if (!this.parent.isStopped()) {
			join();
		}
		return this.parent;
	}

	private void join() {
		if (this.signals != null) {
			this.parent.see(this.signals);
		}
		List<@Nullable Object> values = new ArrayList<>();
		for (int part = 0; part < this.results.size(); part++) {
			Results own = this.results.get(part);
			if (!this.any || part == this.winner) {
				own.join();
				values.add(own.last());
			}
		}
		this.locals.results()
			.put(this.step.id(),
					this.any ? (values.isEmpty() ? null : values.get(0)) : Collections.unmodifiableList(values));
		this.together = true;
		this.parent.goTo(this.after.settled());
	}

	/**
	 * Return whether the branches have come together, so that their parent goes on.
	 * @return whether they have, and not only ended
	 */
	boolean isTogether() {
		return this.together;
	}

	Step step() {
		return this.step;
	}

}
