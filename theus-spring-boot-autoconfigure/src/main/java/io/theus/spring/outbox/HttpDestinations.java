package io.theus.spring.outbox;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where messages go.
 *
 * @param url the URL for topics that have none of their own, with {@code {topic}} where
 * it differs, {@code null} for none
 * @param urls the URLs of topics
 * @param headers headers of every request, for example with credentials
 * @param timeout how long connecting, and then the answer, may take
 * @param connections how many requests are made at the same time
 * @since 0.1.0
 */
public record HttpDestinations(@Nullable String url, Map<String, String> urls, Map<String, String> headers,
		Duration timeout, int connections) {

	private static final String TOPIC = "{topic}";

	/**
	 * Check the values.
	 * @throws IllegalArgumentException if there is no URL, or one is not an absolute one
	 * of HTTP
	 */
	public HttpDestinations {
		if (url == null && urls.isEmpty()) {
			throw new IllegalArgumentException("no URL says where messages go: url=null, urls={}, set one of them");
		}
		if (url != null) {
			require(resolve(url, "topic"), url);
		}
		urls.forEach((topic, each) -> require(resolve(each, topic), each));
		urls = Map.copyOf(urls);
		headers = Map.copyOf(headers);
	}

	private static void require(@Nullable URI uri, String given) {
		boolean http = uri != null && uri.getHost() != null
				&& ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
		if (!http) {
			throw new IllegalArgumentException(
					"'%s' is not a URL of HTTP: use for example 'https://example.org/messages/{topic}'"
						.formatted(given));
		}
	}

	private static @Nullable URI resolve(String url, String topic) {
		try {
			return URI.create(url.replace(TOPIC, URLEncoder.encode(topic, StandardCharsets.UTF_8)));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	URI of(String topic) {
		String own = this.urls.getOrDefault(topic, this.url);
		URI uri = (own != null) ? resolve(own, topic) : null;
		if (uri == null) {
			throw new IllegalArgumentException(
					"topic '%s' has no URL: known=%s, give it one or set a URL for all topics".formatted(topic,
							this.urls.keySet()));
		}
		return uri;
	}

}
