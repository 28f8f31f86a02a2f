package io.theus.jcstress;

import java.util.Map;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import io.theus.engine.TheusEngine;

/**
 * Two transactions append to one log. Neither runs a second time.
 *
 * @since 0.1.0
 */
@JCStressTest
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "Both are there, without a conflict.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An append is lost or was refused.")
@State
public class MergedAppendStress {

	private final TheusEngine engine = Engines.of(Map.of("n", 0));

	/** Append. */
	@Actor
	public void first() {
		Engines.commit(this.engine, (tx) -> tx.append("domain.log_events", 1));
	}

	/** Append. */
	@Actor
	public void second() {
		Engines.commit(this.engine, (tx) -> tx.append("domain.log_events", 2));
	}

	/**
	 * Look at the log.
	 * @param result how long it is, and how many commits were refused
	 */
	@Arbiter
	public void look(II_Result result) {
		result.r1 = this.engine.state().size("domain.log_events");
		result.r2 = (int) this.engine.conflicts(0).refused();
	}

}
