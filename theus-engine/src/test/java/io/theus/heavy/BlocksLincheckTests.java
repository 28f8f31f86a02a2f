package io.theus.heavy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

import io.theus.DType;
import io.theus.HeavyDescriptor;

/**
 * Model-checks that attempts, commits and views of one block are linearisable: whether it
 * is there for one of them is explained by some order of whole operations.
 */
class BlocksLincheckTests {

	@Test
	void holdingPublishingAndFreeingAreLinearisable() {
		new ModelCheckingOptions().iterations(8)
			.invocationsPerIteration(300)
			.threads(3)
			.actorsPerThread(3)
			.actorsBefore(2)
			.actorsAfter(3)
			.check(OneBlock.class);
	}

	/**
	 * One block, published in version 1, and an attempt for each of two numbers.
	 */
	@Param(name = "attempt", gen = IntGen.class, conf = "0:1")
	public static class OneBlock {

		private final Blocks blocks = new Blocks();

		private final HeavyDescriptor descriptor = new HeavyDescriptor("k", "theus-x", DType.INT64, List.of(1L),
				"little", 8, "s", 1, 0);

		private final Block block = this.blocks.add(new Segment("theus-x", 8, new ByteBuffer[0], null, null),
				this.descriptor);

		private final List<Blocks.Attempt> attempts = new ArrayList<>();

		{
			this.blocks.replaced(1, List.of(), List.of(this.descriptor));
			this.blocks.disown(this.block);
			this.attempts.add(this.blocks.begin(0));
			this.attempts.add(this.blocks.begin(1));
		}

		@Operation
		public String hold(@Param(name = "attempt") int attempt) {
			try {
				this.blocks.hold(this.attempts.get(attempt), this.descriptor);
				return "held";
			}
			catch (HeavyGoneException ex) {
				return "gone";
			}
			catch (HeavyAccessException ex) {
				return "ended";
			}
		}

		@Operation
		public void end(@Param(name = "attempt") int attempt) {
			this.blocks.end(this.attempts.get(attempt));
		}

		@Operation
		public void replace() {
			this.blocks.replaced(2, List.of(this.descriptor), List.of());
		}

		@Operation
		public boolean isFreed() {
			return this.block.freed;
		}

		@Operation
		public boolean isQueued() {
			return this.blocks.pollFreed() != null;
		}

	}

}
