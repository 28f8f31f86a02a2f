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
 * Two doctors are on call. Each leaves if the other stays.
 *
 * @since 0.1.0
 */
@JCStressTest
@Outcome(id = { "0, 1", "1, 0" }, expect = Expect.ACCEPTABLE, desc = "One of them stays.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Write skew: both leave, or nobody dares to.")
@State
public class WriteSkewStress {

	private final TheusEngine engine = Engines.of(Map.of("a", 1, "b", 1));

	/** Leave if the other stays. */
	@Actor
	public void first() {
		leave("domain.a");
	}

	/** Leave if the other stays. */
	@Actor
	public void second() {
		leave("domain.b");
	}

	private void leave(String path) {
		Engines.commit(this.engine, (tx) -> {
			if (tx.get("domain.a", Integer.class) + tx.get("domain.b", Integer.class) == 2) {
				tx.set(path, 0);
			}
		});
	}

	/**
	 * Look who is there.
	 * @param result who is
	 */
	@Arbiter
	public void look(II_Result result) {
		result.r1 = this.engine.state().get("domain.a", Integer.class);
		result.r2 = this.engine.state().get("domain.b", Integer.class);
	}

}
