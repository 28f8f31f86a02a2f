package io.theus.heavy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.DType;
import io.theus.HeavyDescriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Random commits, attempts and views against an oracle that remembers each snapshot as
 * the set of blocks that were in the head.
 */
class BlocksTests {

	private static final int STEPS = 4_000;

	private final Blocks blocks = new Blocks();

	private final List<Known> known = new ArrayList<>();

	private final List<Running> running = new ArrayList<>();

	private final Set<Known> head = new HashSet<>();

	private long version;

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void memoryGoesWhenNobodyCanShowItAndNotBefore(int run) {
		long seed = System.nanoTime() + run;
		Random random = new Random(seed);
		for (int step = 0; step < STEPS; step++) {
			step(random);
			for (Known block : this.known) {
				assertThat(block.block.freed).as("seed=%d, step=%d, block=%s", seed, step, block.block.descriptor)
					.isEqualTo(mayGo(block));
			}
			this.known.removeIf((block) -> block.block.freed);
		}
		this.running.forEach((attempt) -> this.blocks.end(attempt.attempt));
		this.running.clear();
		commit(random, 1);
		this.known.forEach((block) -> {
			while (block.pins > 0) {
				block.pins--;
				this.blocks.unpin(block.block);
			}
			if (block.owned) {
				this.blocks.disown(block.block);
			}
		});
		assertThat(this.blocks.describe()).as("seed=%d", seed)
			.allSatisfy((segment) -> assertThat(segment.references()).isPositive());
	}

	private void step(Random random) {
		switch (random.nextInt(8)) {
			case 0 -> add();
			case 1, 2 -> this.running.add(new Running(this.blocks.begin(this.version), this.version, this.head));
			case 3 -> hold(random);
			case 4 -> commit(random, 3);
			case 5 -> end(random);
			case 6 -> view(random);
			default -> disown(random);
		}
	}

	private void add() {
		if (this.known.size() < 12) {
			String name = "segment" + this.version + "." + this.known.size() + "." + System.nanoTime();
			Segment segment = new Segment(name, 8, new ByteBuffer[0], null, null);
			Block block = this.blocks.add(segment,
					new HeavyDescriptor("k", name, DType.INT64, List.of(1L), "little", 8, "s", 1, 0));
			this.known.add(new Known(block));
		}
	}

	private void hold(Random random) {
		if (this.running.isEmpty() || this.known.isEmpty()) {
			return;
		}
		Running attempt = this.running.get(random.nextInt(this.running.size()));
		Known block = this.known.get(random.nextInt(this.known.size()));
		this.blocks.hold(attempt.attempt, block.block.descriptor);
		attempt.held.add(block);
	}

	// A commit takes what its attempt holds into the head and removes something from it
	private void commit(Random random, int many) {
		if (this.running.isEmpty() && many > 1) {
			return;
		}
		List<HeavyDescriptor> added = new ArrayList<>();
		List<HeavyDescriptor> removed = new ArrayList<>();
		Set<Known> next = new HashSet<>(this.head);
		if (many > 1) {
			Running attempt = this.running.get(random.nextInt(this.running.size()));
			for (Known block : attempt.held) {
				if (!this.head.contains(block)) {
					added.add(block.block.descriptor);
					next.add(block);
					block.published = true;
				}
			}
		}
		for (Known block : this.head) {
			if (random.nextInt(many) == 0) {
				removed.add(block.block.descriptor);
				next.remove(block);
			}
		}
		this.version++;
		this.blocks.replaced(this.version, removed, added);
		removed.forEach((descriptor) -> this.known.stream()
			.filter((block) -> block.block.descriptor.equals(descriptor))
			.forEach((block) -> block.retiredAt = this.version));
		this.head.clear();
		this.head.addAll(next);
	}

	private void end(Random random) {
		if (!this.running.isEmpty()) {
			this.blocks.end(this.running.remove(random.nextInt(this.running.size())).attempt);
		}
	}

	private void view(Random random) {
		if (this.known.isEmpty()) {
			return;
		}
		Known block = this.known.get(random.nextInt(this.known.size()));
		if (block.pins > 0 && random.nextBoolean()) {
			block.pins--;
			this.blocks.unpin(block.block);
		}
		else {
			block.pins++;
			this.blocks.pin(block.block.descriptor);
		}
	}

	private void disown(Random random) {
		if (!this.known.isEmpty()) {
			Known block = this.known.get(random.nextInt(this.known.size()));
			block.owned = false;
			this.blocks.disown(block.block);
		}
	}

	private boolean mayGo(Known block) {
		boolean unused = !block.owned && block.pins == 0 && !this.head.contains(block)
				&& this.running.stream().noneMatch((attempt) -> attempt.held.contains(block));
		boolean seen = this.running.stream().anyMatch((attempt) -> attempt.snapshot.contains(block));
		// The version that an attempt began from stands for its snapshot
		boolean older = block.published
				&& this.running.stream().anyMatch((attempt) -> attempt.version < block.retiredAt);
		assertThat(!seen || older || this.head.contains(block)).isTrue();
		return unused && !older;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatIsFreedCannotBeHeldAgain(boolean published) {
		add();
		Known block = this.known.get(0);
		Blocks.Attempt attempt = this.blocks.begin(0);
		this.blocks.hold(attempt, block.block.descriptor);
		if (published) {
			this.blocks.replaced(1, List.of(), List.of(block.block.descriptor));
			this.blocks.replaced(2, List.of(block.block.descriptor), List.of());
		}
		this.blocks.disown(block.block);
		assertThat(block.block.freed).isFalse();
		this.blocks.end(attempt);
		this.blocks.end(attempt);
		assertThat(block.block.freed).isTrue();
		assertThat(this.blocks.hasFreed()).isTrue();
		assertThatExceptionOfType(HeavyGoneException.class)
			.isThrownBy(() -> this.blocks.hold(this.blocks.begin(3), block.block.descriptor))
			.withMessage(
					"heavy array 'theus:s:1:k' is gone, it was freed: segment=%s, use=0, read the descriptor that the state has now"
						.formatted(block.block.segment.name));
	}

	private static final class Known {

		private final Block block;

		private boolean owned = true;

		private boolean published;

		private int pins;

		private long retiredAt;

		Known(Block block) {
			this.block = block;
		}

	}

	private static final class Running {

		private final Blocks.Attempt attempt;

		private final long version;

		private final Set<Known> snapshot;

		private final Set<Known> held = new HashSet<>();

		Running(Blocks.Attempt attempt, long version, Set<Known> head) {
			this.attempt = attempt;
			this.version = version;
			this.snapshot = Set.copyOf(head);
		}

	}

}
