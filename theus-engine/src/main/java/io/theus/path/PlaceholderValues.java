package io.theus.path;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the placeholders of a pattern stand for in one call.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PlaceholderValues {

	/**
	 * Return the literal segments that a placeholder stands for.
	 * @param placeholder its name, such as {@code cmd.orderId}
	 * @return one segment, or any number if it stands for a collection
	 */
	List<String> segments(String placeholder);

	/**
	 * Return the segment that a placeholder stands for if it is just one.
	 * @param placeholder its name, such as {@code cmd.orderId}
	 * @return the segment, {@code null} if it stands for a collection
	 */
	default @Nullable String segment(String placeholder) {
		List<String> segments = segments(placeholder);
		return (segments.size() == 1) ? segments.get(0) : null;
	}

}
