package io.theus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;

/**
 * Changes as a value: what a process returns when its return value says itself what to
 * store. Changes apply in order and pass the same checks as writes through the context.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class StateUpdate {

	private final List<Change> changes;

	private StateUpdate(List<Change> changes) {
		this.changes = changes;
	}

	/**
	 * Store a value.
	 * @param path the path
	 * @param value an accepted value, {@code null} stores null
	 * @return the update
	 */
	public static StateUpdate set(String path, @Nullable Object value) {
		return of(new Set(Path.parse(path), value));
	}

	/**
	 * Store a value at a path that must be absent.
	 * @param path the path
	 * @param value an accepted value
	 * @return the update
	 */
	public static StateUpdate create(String path, @Nullable Object value) {
		return of(new Create(Path.parse(path), value));
	}

	/**
	 * Overlay a map.
	 * @param path the path of a map or record
	 * @param entries the entries to overlay
	 * @return the update
	 */
	public static StateUpdate merge(String path, Map<?, ?> entries) {
		return of(new Merge(Path.parse(path), entries));
	}

	/**
	 * Delete a value.
	 * @param path the path
	 * @return the update
	 */
	public static StateUpdate remove(String path) {
		return of(new Remove(Path.parse(path)));
	}

	/**
	 * Add an element at the end of a list, or to a set.
	 * @param path the path of a list or set
	 * @param element an accepted value
	 * @return the update
	 */
	public static StateUpdate append(String path, @Nullable Object element) {
		return of(new Append(Path.parse(path), element));
	}

	/**
	 * Emit a signal.
	 * @param topic the topic
	 * @param payload an accepted value
	 * @return the update
	 */
	public static StateUpdate signal(String topic, @Nullable Object payload) {
		return of(new Signal(topic, payload));
	}

	/**
	 * Refuse the commit as a conflict if what is stored at a path has changed since a
	 * version.
	 * @param path the path
	 * @param version the commit sequence number since which it must not have changed
	 * @return the update
	 */
	public static StateUpdate assertVersion(String path, long version) {
		return of(new AssertVersion(Path.parse(path), version));
	}

	private static StateUpdate of(Change change) {
		return new StateUpdate(List.of(change));
	}

	/**
	 * Return these changes followed by others.
	 * @param next what to do afterwards
	 * @return both together
	 */
	public StateUpdate and(StateUpdate next) {
		List<Change> both = new ArrayList<>(this.changes);
		both.addAll(next.changes);
		return new StateUpdate(List.copyOf(both));
	}

	/**
	 * Return the changes in the order in which they apply.
	 * @return the changes, unmodifiable
	 */
	public List<Change> changes() {
		return this.changes;
	}

	@Override
	public String toString() {
		return this.changes.toString();
	}

	/**
	 * One change.
	 */
	public sealed interface Change {

	}

	/**
	 * Store a value.
	 *
	 * @param path where
	 * @param value what
	 */
	public record Set(Path path, @Nullable Object value) implements Change {

	}

	/**
	 * Store a value where there is none.
	 *
	 * @param path where
	 * @param value what
	 */
	public record Create(Path path, @Nullable Object value) implements Change {

	}

	/**
	 * Overlay a map.
	 *
	 * @param path where
	 * @param entries what
	 */
	public record Merge(Path path, Map<?, ?> entries) implements Change {

	}

	/**
	 * Delete a value.
	 *
	 * @param path where
	 */
	public record Remove(Path path) implements Change {

	}

	/**
	 * Add an element.
	 *
	 * @param path where
	 * @param element what
	 */
	public record Append(Path path, @Nullable Object element) implements Change {

	}

	/**
	 * Emit a signal.
	 *
	 * @param topic the topic
	 * @param payload the payload
	 */
	public record Signal(String topic, @Nullable Object payload) implements Change {

	}

	/**
	 * Demand that a value is unchanged.
	 *
	 * @param path where
	 * @param version since when
	 */
	public record AssertVersion(Path path, long version) implements Change {

	}

}
