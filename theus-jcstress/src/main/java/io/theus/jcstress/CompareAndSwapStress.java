package io.theus.jcstress;

import java.util.Map;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;

/**
 * Two threads swap one key against the same version.
 *
 * @since 0.1.0
 */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The first has won.")
@Outcome(id = "0, 1, 2", expect = Expect.ACCEPTABLE, desc = "The second has won.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both have won, or none, or the wrong value is there.")
@State
public class CompareAndSwapStress {

	private final TheusEngine engine = Engines.of(Map.of("n", 0));

	/**
	 * Swap.
	 * @param result whether it succeeded
	 */
	@Actor
	public void first(III_Result result) {
		result.r1 = swap(1);
	}

	/**
	 * Swap.
	 * @param result whether it succeeded
	 */
	@Actor
	public void second(III_Result result) {
		result.r2 = swap(2);
	}

	private int swap(int value) {
		try {
			this.engine.compareAndSwap(1, Map.of("domain.n", value));
			return 1;
		}
		catch (ConflictException ex) {
			return 0;
		}
	}

	/**
	 * Look at the key.
	 * @param result what it holds
	 */
	@Arbiter
	public void look(III_Result result) {
		result.r3 = this.engine.state().get("domain.n", Integer.class);
	}

}
