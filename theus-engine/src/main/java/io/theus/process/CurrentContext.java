package io.theus.process;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.contract.VariableValues;
import io.theus.transaction.Frame;
import io.theus.transaction.Scope;
import io.theus.transaction.ScopedContext;
import io.theus.transaction.TransactionClosedException;

/**
 * The one context that is injected everywhere: resolves to what runs on the calling
 * thread.
 * <p>
 * Safe for use by several threads: it has no state.
 *
 * @since 0.1.0
 */
public final class CurrentContext extends ScopedContext implements ProcessContext {

	private static Frame frame() {
		Frame frame = Frame.current();
		if (frame == null) {
			throw new TransactionClosedException(
					"no active transaction: a context works within a process only, call the process through its bean or "
							+ "the engine, and use detach() for other threads");
		}
		return frame;
	}

	@Override
	protected Scope scope() {
		return frame().scope();
	}

	@Override
	protected @Nullable VariableValues variables() {
		return frame().variables();
	}

	@Override
	public String executionId() {
		return frame().executionId();
	}

	@Override
	public String processId() {
		return frame().name();
	}

	@Override
	public int attempt() {
		return frame().attempt();
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T once(String name, Class<T> type, Block<T, X> block)
			throws X {
		return ExecutionMemory.once(frame(), name, type, block);
	}

	@Override
	public ProcessContext detach() {
		return new AttemptContext(frame()).detach();
	}

}
