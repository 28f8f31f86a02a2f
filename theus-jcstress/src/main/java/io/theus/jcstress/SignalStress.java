package io.theus.jcstress;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import io.theus.engine.TheusEngine;
import io.theus.signal.Signal;
import io.theus.signal.Subscription;

/**
 * Who sees the signal of a commit sees the commit, and nobody sees it twice.
 *
 * @since 0.1.0
 */
@JCStressTest
@Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "The signal came later.")
@Outcome(id = "7, 1", expect = Expect.ACCEPTABLE, desc = "Both are seen.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A signal before its commit, twice, or never.")
@State
public class SignalStress {

	private final TheusEngine engine = Engines.of(Map.of("n", 0));

	private final Subscription subscription = this.engine.signals().subscribe("sig_done");

	/** Commit and signal. */
	@Actor
	public void writer() {
		Engines.commit(this.engine, (tx) -> {
			tx.set("domain.n", 7);
			tx.emit("sig_done", true);
		});
	}

	/**
	 * Look for the signal, then at the state.
	 * @param result what the state holds, -1 where there was no signal
	 */
	@Actor
	public void reader(II_Result result) {
		@Nullable Signal signal = this.subscription.poll();
		result.r1 = (signal != null) ? this.engine.state().get("domain.n", Integer.class) : -1;
		result.r2 = (signal != null) ? 1 : 0;
	}

	/**
	 * Count the rest.
	 * @param result how many signals there were in all
	 */
	@Arbiter
	public void count(II_Result result) {
		while (this.subscription.poll() != null) {
			result.r2++;
		}
	}

}
