package io.theus.jcstress;

import java.util.Map;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

import io.theus.engine.TheusEngine;

/**
 * Two transactions increment one counter.
 *
 * @since 0.1.0
 */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both count.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An update is lost.")
@State
public class TwoIncrementsStress {

	private final TheusEngine engine = Engines.of(Map.of("n", 0));

	/** Increment. */
	@Actor
	public void first() {
		increment();
	}

	/** Increment. */
	@Actor
	public void second() {
		increment();
	}

	private void increment() {
		Engines.commit(this.engine, (tx) -> tx.update("domain.n", Integer.class, (value) -> value + 1));
	}

	/**
	 * Look at the counter.
	 * @param result what it holds
	 */
	@Arbiter
	public void look(I_Result result) {
		result.r1 = this.engine.state().get("domain.n", Integer.class);
	}

}
