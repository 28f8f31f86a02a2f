package io.theus.process;

import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.contract.BoundContract;
import io.theus.contract.ContractVariables;
import io.theus.contract.ContractViolationException;
import io.theus.contract.VariableValues;
import io.theus.transaction.Frame;

/**
 * What an execution keeps from attempt to attempt: the results of blocks that run once.
 */
// The results are guarded by this object, which is also held while a block runs: another
// thread of the same attempt that asks for the same block must not run it too.
class ExecutionMemory extends VariableValues {

	private @Nullable Map<Name, Result> results;

	ExecutionMemory(ContractVariables variables) {
		super(variables);
	}

	static <T extends @Nullable Object, X extends Throwable> T once(Frame frame, String name, Class<T> type,
			ProcessContext.Block<T, X> block) throws X {
		if (frame.scope().guard() instanceof BoundContract contract && contract.semantic() == Semantic.PURE) {
			throw new ContractViolationException(
					"once '%s' in process '%s' is refused: a PURE process touches nothing outside, declare semantic = EFFECT"
						.formatted(name, frame.name()),
					frame.name(), name, List.of());
		}
		if (!(frame.variables() instanceof ExecutionMemory memory)) {
			throw new IllegalStateException("once '%s' in %s belongs to no execution, call it within a process"
				.formatted(name, frame.scope().origin()));
		}
		return memory.once(new Name(frame.name(), name), type, block);
	}

	// The type admits null where the block does
	@SuppressWarnings({ "unchecked", "NullAway" })
	private synchronized <T extends @Nullable Object, X extends Throwable> T once(Name name, Class<T> type,
			ProcessContext.Block<T, X> block) throws X {
		Map<Name, Result> known = this.results;
		if (known == null) {
			known = new HashMap<>();
			this.results = known;
		}
		Result earlier = known.get(name);
		if (earlier != null) {
			name.check(earlier, type);
			return (T) earlier.value;
		}
		known.put(name, new Result(type, null, true));
		boolean done = false;
		try {
			T value = block.run();
			name.check(value, type);
			known.put(name, new Result(type, value, false));
			done = true;
			return value;
		}
		finally {
			if (!done) {
				known.remove(name);
			}
		}
	}

	/**
	 * Which block of which process.
	 *
	 * @param process the id of the process
	 * @param block the name of the block
	 */
	private record Name(String process, String block) {

		void check(Result earlier, Class<?> type) {
			if (earlier.running) {
				throw new IllegalStateException("once '%s' in process '%s' runs within itself, use another name"
					.formatted(this.block, this.process));
			}
			if (earlier.type != type) {
				throw new IllegalArgumentException(
						"once '%s' in process '%s' has another type: earlier=%s now=%s, use one type per name"
							.formatted(this.block, this.process, earlier.type.getName(), type.getName()));
			}
		}

		// What a raw or unchecked caller gets wrong would show in another attempt only
		void check(@Nullable Object value, Class<?> type) {
			if (value != null && !MethodType.methodType(type).wrap().returnType().isInstance(value)) {
				throw new IllegalArgumentException(
						"once '%s' in process '%s' returned another type: declared=%s actual=%s, declare the type that it returns"
							.formatted(this.block, this.process, type.getName(), value.getClass().getName()));
			}
		}

	}

	/**
	 * What a block returned.
	 *
	 * @param type the class that was asked for
	 * @param value the result
	 * @param running whether the block has not returned yet
	 */
	private record Result(Class<?> type, @Nullable Object value, boolean running) {

	}

}
