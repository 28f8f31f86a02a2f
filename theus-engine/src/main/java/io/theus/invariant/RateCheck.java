package io.theus.invariant;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.state.StateTree;

/**
 * Numbers move by no more than an amount per time.
 *
 * @param place where
 * @param max the amount, positive
 * @param per the time
 */
// A leaky bucket for each place (Turner, New directions in communications, 1986; the
// meter
// of ITU-T I.371): what moves is added, what time has passed for drains, and the bucket
// holds the amount. So the amount may move at once, and then as fast as it drains; two
// numbers for each place do, however often it changes.
record RateCheck(Places place, BigDecimal max, Duration per) implements Check<PersistentMap<Object>> {

	@Override
	public List<Places> places() {
		return List.of(this.place);
	}

	@Override
	public PersistentMap<Object> begin(PersistentMap<Object> root, Instant now) {
		return PersistentMap.empty();
	}

	@Override
	public PersistentMap<Object> restart(Proposal proposal, PersistentMap<Object> memory) {
		return PersistentMap.empty();
	}

	@Override
	public PersistentMap<Object> judge(Judgement judgement, PersistentMap<Object> memory) {
		Levels levels = new Levels(memory);
		this.place.visitChanged(judgement.proposal(), (path, before, after) -> {
			if (after == StateTree.ABSENT || after == null) {
				levels.all = levels.all.without(path.toString());
				return;
			}
			BigDecimal number = Amounts.of(after);
			if (number == null) {
				judgement.violated(path, after, "is no number");
				return;
			}
			BigDecimal earlier = Amounts.of(before);
			if (earlier != null) {
				move(path, number.subtract(earlier).abs(), after, judgement, levels);
			}
		});
		return levels.all;
	}

	private void move(Path path, BigDecimal distance, Object after, Judgement judgement, Levels levels) {
		String key = path.toString();
		Instant now = judgement.proposal().now();
		BigDecimal level = distance;
		if (levels.all.get(key) instanceof Level known) {
			level = level.add(known.at(now, this));
		}
		if (level.compareTo(this.max) > 0) {
			judgement.violated(path, after,
					"moves by more than max=%s per %s".formatted(this.max.toPlainString(), this.per));
		}
		levels.all = levels.all.with(key, new Level(level, now));
	}

	/**
	 * How full a bucket was.
	 *
	 * @param amount the amount in it
	 * @param time when
	 */
	record Level(BigDecimal amount, Instant time) {

		BigDecimal at(Instant now, RateCheck check) {
			Duration passed = Duration.between(this.time, now);
			if (passed.isNegative()) {
				return this.amount;
			}
			BigDecimal drained = check.max.multiply(seconds(passed)).divide(seconds(check.per), MathContext.DECIMAL128);
			return this.amount.subtract(drained, MathContext.DECIMAL128).max(BigDecimal.ZERO);
		}

		private static BigDecimal seconds(Duration duration) {
			return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
		}

	}

	/**
	 * The buckets as a commit changes them.
	 */
	private static final class Levels {

		private PersistentMap<Object> all;

		Levels(PersistentMap<Object> all) {
			this.all = all;
		}

	}

}
