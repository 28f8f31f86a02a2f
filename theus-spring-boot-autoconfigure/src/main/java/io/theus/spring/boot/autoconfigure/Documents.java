package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Reads text from the places that properties name.
 */
final class Documents {

	private final ResourcePatternResolver resources;

	Documents(ResourcePatternResolver resources) {
		this.resources = resources;
	}

	/**
	 * Read documents.
	 * @param property the property that says where they are
	 * @param locations places, possibly with wildcards
	 * @return the documents by place, each once
	 */
	Map<String, String> read(String property, List<String> locations) {
		Map<String, String> documents = new TreeMap<>();
		for (String location : locations) {
			try {
				for (Resource resource : this.resources.getResources(location)) {
					documents.put(resource.getDescription(), resource.getContentAsString(StandardCharsets.UTF_8));
				}
			}
			catch (IOException | UncheckedIOException ex) {
				throw new InvalidTheusPropertyException(property,
						"location '%s' cannot be read: %s".formatted(location, ex.getMessage()));
			}
		}
		return documents;
	}

}
