package io.theus.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.theus.conflict.Claim;
import io.theus.path.PathPattern;

/**
 * What a call touches. Placeholders stand for any key.
 *
 * @param reads what it reads and does not merge itself
 * @param writes what it writes
 * @param merges what it writes where several may write at the same time
 * @since 0.1.0
 */
public record Touched(Claim reads, Claim writes, Claim merges) {

	private static final Claim NO_PLACE = Claim.of(List.of(), List.of());

	static final Touched NOTHING = new Touched(NO_PLACE, NO_PLACE, NO_PLACE);

	static Touched of(Collection<PathPattern> inputs, Collection<PathPattern> outputs, SharedPlaces places) {
		List<PathPattern> reads = new ArrayList<>();
		List<PathPattern> writes = new ArrayList<>();
		List<PathPattern> merges = new ArrayList<>();
		for (PathPattern output : outputs) {
			if (!places.isFree(output)) {
				(places.isMerged(output) ? merges : writes).add(output);
			}
		}
		for (PathPattern input : inputs) {
			// What a process updates by merging it need not read
			if (!places.isFree(input) && !merges.contains(input)) {
				reads.add(input);
			}
		}
		return new Touched(Claim.of(reads, List.of()), Claim.of(writes, List.of()), Claim.of(merges, List.of()));
	}

	Touched and(Touched other) {
		return new Touched(this.reads.and(other.reads), this.writes.and(other.writes), this.merges.and(other.merges));
	}

	/**
	 * Return whether the order of two calls matters.
	 * @param other the other call
	 * @return whether one writes what the other reads or writes; two that read, or merge,
	 * do not meet
	 */
	public boolean meets(Touched other) {
		return disturbs(other) || other.disturbs(this);
	}

	private boolean disturbs(Touched other) {
		return this.writes.meets(other.writes) || this.writes.meets(other.reads) || this.writes.meets(other.merges)
				|| this.merges.meets(other.reads);
	}

}
