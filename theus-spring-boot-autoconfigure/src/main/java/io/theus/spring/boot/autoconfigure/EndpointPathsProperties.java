package io.theus.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.theus.path.InvalidPathException;
import io.theus.path.PathPattern;
import io.theus.spring.actuate.PathLimit;

/**
 * What callers of endpoints may know of.
 *
 * @param paths the parts of the state that only some roles may know of; nobody may where
 * there is no security
 * @since 0.1.0
 */
@ConfigurationProperties("theus.endpoints")
public record EndpointPathsProperties(@DefaultValue List<LimitedPath> paths) {

	List<PathLimit> limits() {
		List<PathLimit> limits = new ArrayList<>();
		for (int i = 0; i < this.paths.size(); i++) {
			limits.add(this.paths.get(i).limit("theus.endpoints.paths[%d]".formatted(i)));
		}
		return limits;
	}

	/**
	 * A part of the state that only some roles may know of.
	 *
	 * @param path the places with all that lies below, with {@code *} for any key
	 * @param roles the roles of which one is needed
	 */
	public record LimitedPath(@Nullable String path, @DefaultValue Set<String> roles) {

		private PathLimit limit(String property) {
			if (this.path == null || this.path.isBlank()) {
				throw new InvalidTheusPropertyException(property + ".path",
						"it is missing, give a path with '*' for any key");
			}
			try {
				return new PathLimit(PathPattern.parse(this.path), this.roles);
			}
			catch (InvalidPathException | IllegalArgumentException ex) {
				throw new InvalidTheusPropertyException(property, String.valueOf(ex.getMessage()));
			}
		}

	}

}
