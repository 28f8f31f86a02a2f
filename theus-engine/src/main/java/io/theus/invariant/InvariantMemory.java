package io.theus.invariant;

/**
 * What the invariants of an engine remember of one version of the state.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class InvariantMemory {

	private final Object[] checks;

	private final TickMemory[] ticks;

	InvariantMemory(Object[] checks, TickMemory[] ticks) {
		this.checks = checks;
		this.ticks = ticks;
	}

	Object[] checks() {
		return this.checks.clone();
	}

	TickMemory[] ticks() {
		return this.ticks.clone();
	}

}
