package io.theus.run;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Navigable;
import io.theus.state.EngineFacts;
import io.theus.state.StateTree;

/**
 * The root {@code meta} as expressions see it: what is stored there and, entered by name
 * only, the facts of the engine.
 *
 * @param stored what is visible of the state, {@code null} if nobody has written there
 * @param facts what {@code meta.engine} stands for
 */
record MetaState(@Nullable Object stored, EngineFacts facts) implements Navigable {

	@Override
	public @Nullable Object member(Object key) {
		if (key.equals("engine")) {
			return new Engine(this.facts);
		}
		return (this.stored instanceof Navigable part) ? part.member(key)
				: presentOrNull(StateTree.child(this.stored, key.toString()));
	}

	@Override
	public @Nullable Object value() {
		return (this.stored instanceof Navigable part) ? part.value() : this.stored;
	}

	private static @Nullable Object presentOrNull(@Nullable Object found) {
		return (found != StateTree.ABSENT) ? found : null;
	}

	/**
	 * Computes just the facts that an expression enters.
	 *
	 * @param facts the facts
	 */
	private record Engine(EngineFacts facts) implements Navigable {

		@Override
		public @Nullable Object member(Object key) {
			return presentOrNull(this.facts.find(key.toString()));
		}

		@Override
		public Object value() {
			return this.facts.all();
		}

	}

}
