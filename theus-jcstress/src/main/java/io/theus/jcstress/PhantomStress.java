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
 * There is one seat left for two guests, each of whom counts those taken and takes
 * another one.
 *
 * @since 0.1.0
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "One guest has the seat.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A phantom: who counted did not see the other.")
@State
public class PhantomStress {

	private final TheusEngine engine = Engines.of(Map.of("seats", Map.of()));

	/** Take a seat. */
	@Actor
	public void first() {
		take("domain.seats.a");
	}

	/** Take a seat. */
	@Actor
	public void second() {
		take("domain.seats.b");
	}

	private void take(String seat) {
		Engines.commit(this.engine, (tx) -> {
			if (tx.size("domain.seats") == 0) {
				tx.set(seat, true);
			}
		});
	}

	/**
	 * Count the seats taken.
	 * @param result how many
	 */
	@Arbiter
	public void look(I_Result result) {
		result.r1 = this.engine.state().size("domain.seats");
	}

}
