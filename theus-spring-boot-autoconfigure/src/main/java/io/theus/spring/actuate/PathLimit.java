package io.theus.spring.actuate;

import java.util.Set;

import io.theus.path.PathPattern;

/**
 * A part of the state that only some callers of endpoints may know of.
 *
 * @param pattern what it covers, without placeholders
 * @param roles the roles of which a caller needs one
 * @since 0.1.0
 */
public record PathLimit(PathPattern pattern, Set<String> roles) {

	/**
	 * Check that somebody may see it.
	 * @throws IllegalArgumentException if there is no role or the pattern has
	 * placeholders
	 */
	public PathLimit {
		if (roles.isEmpty()) {
			throw new IllegalArgumentException("path '%s' has no roles, name those who may see it".formatted(pattern));
		}
		if (!pattern.placeholders().isEmpty()) {
			throw new IllegalArgumentException("path '%s' has placeholders, use '*' for any key: placeholders=%s"
				.formatted(pattern, pattern.placeholders()));
		}
		roles = Set.copyOf(roles);
	}

}
