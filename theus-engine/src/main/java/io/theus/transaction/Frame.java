package io.theus.transaction;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.contract.VariableValues;
import io.theus.store.CommitOrigin;

/**
 * Who runs on this thread in which transaction: the outermost owner or a process that
 * joined it. Frames of several engines may be nested; each engine joins its own only.
 *
 * @param name the id of the process, or the name of the explicit transaction
 * @param origin the execution or explicit transaction that it is part of
 * @param attempt which attempt of the execution this is, 1 for the first
 * @param repeatable whether there will be another attempt if the commit is refused
 * @param variables the values of contract variables for the execution, {@code null} for
 * an explicit transaction
 * @param scope guarded access to the transaction
 * @since 0.1.0
 */
public record Frame(String name, CommitOrigin origin, int attempt, boolean repeatable,
		@Nullable VariableValues variables, Scope scope) {

	private static final ThreadLocal<@Nullable Entry> CURRENT = new ThreadLocal<>();

	/**
	 * Return what runs on this thread, whatever the engine.
	 * @return the innermost frame, {@code null} if no transaction is running
	 */
	public static @Nullable Frame current() {
		Entry entry = CURRENT.get();
		return (entry != null) ? entry.frame : null;
	}

	static @Nullable Frame current(ScopeSettings engine) {
		Entry entry = CURRENT.get();
		while (entry != null && !entry.frame.scope.isOf(engine)) {
			entry = entry.outer;
		}
		return (entry != null) ? entry.frame : null;
	}

	/**
	 * Return the identity of the execution.
	 * @return its id, empty for an explicit transaction
	 */
	public String executionId() {
		String id = this.origin.executionId();
		return (id != null) ? id : "";
	}

	/**
	 * Return the same frame with other access to its transaction.
	 * @param other guarded access
	 * @return the frame
	 */
	public Frame in(Scope other) {
		return new Frame(this.name, this.origin, this.attempt, this.repeatable, this.variables, other);
	}

	// Run as if nothing ran in one of the engines on this thread
	static <T> T apart(ScopeSettings engine, Body<T> body) throws Throwable {
		Entry outer = CURRENT.get();
		CURRENT.set(without(engine, outer));
		try {
			return body.run();
		}
		finally {
			CURRENT.set(outer);
		}
	}

	private static @Nullable Entry without(ScopeSettings engine, @Nullable Entry entry) {
		if (entry == null) {
			return null;
		}
		Entry rest = without(engine, entry.outer);
		return entry.frame.scope.isOf(engine) ? rest : new Entry(entry.frame, rest);
	}

	static Frame outermost(CommitOrigin origin, boolean repeatable, Scope scope) {
		return new Frame(origin.name(), origin, 1, repeatable, null, scope);
	}

	/**
	 * Run with this frame as the innermost one.
	 * @param <T> the type of the result
	 * @param body what to run
	 * @return what it returned
	 * @throws Throwable what it threw, unchanged
	 */
	public <T> T run(Body<T> body) throws Throwable {
		Entry outer = CURRENT.get();
		CURRENT.set(new Entry(this, outer));
		try {
			return body.run();
		}
		finally {
			// Null rather than remove: the next transaction of this thread finds its slot
			CURRENT.set(outer);
		}
	}

	<T> T call(Supplier<T> body) {
		Entry outer = CURRENT.get();
		CURRENT.set(new Entry(this, outer));
		try {
			return body.get();
		}
		finally {
			CURRENT.set(outer);
		}
	}

	/**
	 * A frame and what it runs in.
	 */
	private record Entry(Frame frame, @Nullable Entry outer) {

	}

	/**
	 * What runs in a frame.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	public interface Body<T> {

		/**
		 * Run.
		 * @return the result
		 * @throws Throwable whatever the body throws
		 */
		T run() throws Throwable;

	}

}
