package io.theus.jcstress;

import java.util.List;
import java.util.Map;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

import io.theus.engine.TheusEngine;

/**
 * Who reads a version sees all of its tree, and finds it in the history.
 *
 * @since 0.1.0
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The old version, complete.")
@Outcome(id = "2, 3, 3", expect = Expect.ACCEPTABLE, desc = "The new version, complete.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A version that is not complete.")
@State
public class PublicationStress {

	private final TheusEngine engine = Engines.of(Map.of("tree", Map.of("leaf", Map.of("list", List.of(1)))));

	/** Commit a tree. */
	@Actor
	public void writer() {
		Engines.commit(this.engine, (tx) -> tx.set("domain.tree", Map.of("leaf", Map.of("list", List.of(1, 2, 3)))));
	}

	/**
	 * Look at the newest version.
	 * @param result its number, what it holds, and what the history says that it holds
	 */
	@Actor
	public void reader(III_Result result) {
		var snapshot = this.engine.state();
		result.r1 = (int) snapshot.version();
		result.r2 = snapshot.get("domain.tree.leaf.list", List.class).size();
		result.r3 = this.engine.history().at(snapshot.version()).get("domain.tree.leaf.list", List.class).size();
	}

}
