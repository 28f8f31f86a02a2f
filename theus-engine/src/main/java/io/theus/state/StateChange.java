package io.theus.state;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;

/**
 * What differs at one path between two versions of the state.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class StateChange {

	private final Path path;

	private final @Nullable Object before;

	private final @Nullable Object after;

	/**
	 * Create a change.
	 * @param path where
	 * @param before the old value, {@link StateTree#ABSENT} for none
	 * @param after the new value, {@link StateTree#ABSENT} for none
	 */
	public StateChange(Path path, @Nullable Object before, @Nullable Object after) {
		this.path = path;
		this.before = before;
		this.after = after;
	}

	/**
	 * Return where the difference is.
	 * @return the path of the smallest part that differs: an entry of a map, a component
	 * of a record, a list or a set
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Return whether there was nothing before.
	 * @return whether the path was added
	 */
	public boolean isAddition() {
		return this.before == StateTree.ABSENT;
	}

	/**
	 * Return whether there is nothing afterwards.
	 * @return whether the path was removed
	 */
	public boolean isRemoval() {
		return this.after == StateTree.ABSENT;
	}

	/**
	 * Return the old value.
	 * @return the value, empty if it was absent or null
	 */
	public Optional<Object> before() {
		return Optional.ofNullable((this.before != StateTree.ABSENT) ? this.before : null);
	}

	/**
	 * Return the new value.
	 * @return the value, empty if it is absent or null
	 */
	public Optional<Object> after() {
		return Optional.ofNullable((this.after != StateTree.ABSENT) ? this.after : null);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof StateChange change && this.path.equals(change.path)
				&& StateTree.same(this.before, change.before) && StateTree.same(this.after, change.after);
	}

	@Override
	public int hashCode() {
		return this.path.hashCode();
	}

	@Override
	public String toString() {
		return this.path + ": " + this.before + " -> " + this.after;
	}

}
