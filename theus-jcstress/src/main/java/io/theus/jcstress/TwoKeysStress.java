package io.theus.jcstress;

import java.util.Map;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import io.theus.engine.TheusEngine;

/**
 * One transaction writes two keys, another reads both.
 *
 * @since 0.1.0
 */
@JCStressTest
@Outcome(id = { "0, 0", "1, 1" }, expect = Expect.ACCEPTABLE, desc = "Both keys of one version.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A fractured read.")
@State
public class TwoKeysStress {

	private final TheusEngine engine = Engines.of(Map.of("a", 0, "b", 0));

	/** Write both. */
	@Actor
	public void writer() {
		Engines.commit(this.engine, (tx) -> {
			tx.set("domain.a", 1);
			tx.set("domain.b", 1);
		});
	}

	/**
	 * Read both.
	 * @param result the values
	 */
	@Actor
	public void reader(II_Result result) {
		Engines.commit(this.engine, (tx) -> {
			result.r1 = tx.get("domain.b", Integer.class);
			result.r2 = tx.get("domain.a", Integer.class);
		});
	}

}
