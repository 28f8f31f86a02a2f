package io.theus.process;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.contract.VariableValues;
import io.theus.transaction.Frame;
import io.theus.transaction.Scope;
import io.theus.transaction.ScopedContext;
import io.theus.transaction.TransactionClosedException;

/**
 * The context of one frame, whatever the thread.
 */
final class AttemptContext extends ScopedContext implements ProcessContext {

	private final Frame frame;

	AttemptContext(Frame frame) {
		this.frame = frame;
	}

	@Override
	protected Scope scope() {
		if (!this.frame.scope().isOpen()) {
			throw new TransactionClosedException(
					"no active transaction: the attempt of process '%s' has ended, finish with its context before it returns"
						.formatted(this.frame.name()));
		}
		return this.frame.scope();
	}

	@Override
	protected @Nullable VariableValues variables() {
		return this.frame.variables();
	}

	@Override
	public String executionId() {
		return this.frame.executionId();
	}

	@Override
	public String processId() {
		return this.frame.name();
	}

	@Override
	public int attempt() {
		return this.frame.attempt();
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T once(String name, Class<T> type, Block<T, X> block)
			throws X {
		return ExecutionMemory.once(this.frame.in(scope()), name, type, block);
	}

	@Override
	public ProcessContext detach() {
		this.frame.scope().share();
		return this;
	}

}
