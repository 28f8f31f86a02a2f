package io.theus.benchmarks.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LedgerThreadTests {

	private static final int ACCOUNTS = 1000;

	@Test
	void sharesOfThreadsAreDisjoint() {
		Set<Integer> first = new HashSet<>(draw(Draw.SHARE, 0, 2));
		assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(draw(Draw.SHARE, 1, 2));
	}

	@Test
	void accountsInTurnComeBackOnlyAfterAllOthers() {
		List<Integer> targets = targets(Draw.IN_TURN);
		assertThat(new HashSet<>(targets.subList(0, ACCOUNTS))).hasSize(ACCOUNTS);
		assertThat(targets.get(ACCOUNTS)).isEqualTo(targets.get(0));
	}

	@Test
	void hotAccountsAreSharedByAllThreads() {
		assertThat(targets(Draw.ONE)).containsOnly(0);
		assertThat(new HashSet<>(targets(Draw.TEN))).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
	}

	@Test
	void frequencyOfZipfianAccountsFallsWithTheirRank() {
		Zipfian zipfian = new Zipfian(ACCOUNTS, new SplittableRandom(1));
		int[] counts = new int[ACCOUNTS];
		for (int index = 0; index < 1_000_000; index++) {
			counts[zipfian.next()]++;
		}
		// The frequency of rank r is r^-0.99 divided by the sum of those of all ranks,
		// 7.73
		assertThat(counts[0] / 1e6).isCloseTo(0.129, within(0.01));
		assertThat(counts[1] / 1e6).isCloseTo(0.065, within(0.01));
		assertThat(counts[99] / 1e6).isCloseTo(0.00136, within(0.0005));
		assertThat(counts[ACCOUNTS - 1]).isPositive();
	}

	private static List<Integer> targets(Draw draw) {
		List<Integer> drawn = draw(draw, 0, 1);
		List<Integer> targets = new ArrayList<>();
		for (int index = 0; index < drawn.size(); index += 2) {
			targets.add(drawn.get(index));
		}
		return targets;
	}

	private static List<Integer> draw(Draw draw, int index, int threads) {
		LedgerThread thread = new LedgerThread();
		thread.draw = draw;
		thread.share(ACCOUNTS, index, threads);
		List<Integer> drawn = new ArrayList<>();
		Ledger recorder = new Ledger() {

			@Override
			public void increment(int target, int other) {
				drawn.add(target);
				drawn.add(other);
			}

			@Override
			public long sum() {
				return drawn.size() / 2;
			}

		};
		for (int times = 0; times < 2 * ACCOUNTS; times++) {
			thread.increment(recorder);
		}
		assertThat(thread.updates()).isEqualTo(recorder.sum());
		return drawn;
	}

}
