package io.theus.process;

import java.util.function.BooleanSupplier;

/**
 * Keeps calls that wait for their end away from threads that must not wait.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class BlockingCalls {

	/**
	 * Any thread may wait.
	 */
	public static final BlockingCalls ALLOWED = new BlockingCalls(() -> false);

	private final BooleanSupplier forbidden;

	/**
	 * Create a rule.
	 * @param forbidden tells whether the thread that asks must not wait
	 */
	public BlockingCalls(BooleanSupplier forbidden) {
		this.forbidden = forbidden;
	}

	// What a call would have to wait for (a lock, a ticket, a further attempt) is not
	// known before
	void check(ProcessDefinition process) {
		if (this.forbidden.getAsBoolean()) {
			throw new BlockingCallException(process.id(), Thread.currentThread().getName());
		}
	}

}
