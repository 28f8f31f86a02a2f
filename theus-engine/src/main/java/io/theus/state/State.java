package io.theus.state;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.StateReader;
import io.theus.path.Layer;

/**
 * One immutable version of the state. Taking it costs nothing, holding it blocks nobody,
 * and what it gives out cannot be used to change the state.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface State extends StateReader {

	/**
	 * Return which version this is.
	 * @return the sequence number of the commit that made it, 0 for the empty engine
	 */
	long version();

	/**
	 * Return a layer as a whole.
	 * @param layer the layer
	 * @return its content, read-only, empty if nobody wrote it yet
	 */
	Map<String, @Nullable Object> view(Layer layer);

	/**
	 * Return the signals of the commit that made this version.
	 * @return the last payload by topic, unmodifiable
	 */
	Map<String, @Nullable Object> signals();

	/**
	 * Return the content as plain maps, lists and scalars, without what lies in the
	 * PRIVATE zone; ready for JSON. Records become maps of their components.
	 * @return a new, modifiable map by layer
	 */
	Map<String, @Nullable Object> toMap();

	/**
	 * Return what differs in another version, found by walking only what the two do not
	 * share.
	 * @param other the version to compare with, taken as the later one
	 * @return the differences in no particular order
	 */
	List<StateChange> diff(State other);

	/**
	 * Make a state of plain maps, for example for a test.
	 * @param content the content by layer, as {@link #toMap()} returns it
	 * @return a state of version 0
	 * @throws InvalidValueException if a value is not accepted
	 * @throws io.theus.path.InvalidPathException if a key is not a layer or a root
	 */
	static State fromMap(Map<String, ?> content) {
		return Snapshot.empty().withContent(content, new Values(Set.of()));
	}

}
