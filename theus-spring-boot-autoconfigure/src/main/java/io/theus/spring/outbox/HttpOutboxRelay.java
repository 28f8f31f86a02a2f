package io.theus.spring.outbox;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.theus.outbox.MessageFormat;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;
import io.theus.outbox.RelayUnavailableException;

/**
 * Posts each message to a URL. Only an answer with a status of 2xx says that it has
 * arrived; redirects are not followed. A request has the headers of a
 * {@link MessageFormat}, with the prefix {@code ce-} before attributes of CloudEvents,
 * and {@value #KEY} with the key. Characters that a header cannot have are
 * percent-encoded.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">
 * HTTP protocol binding of CloudEvents</a>
 */
public final class HttpOutboxRelay implements OutboxRelay, AutoCloseable {

	/**
	 * The header with the key of the message.
	 */
	public static final String KEY = "theus-message-key";

	// Of the HTTP protocol binding of CloudEvents
	private static final String ATTRIBUTE_PREFIX = "ce-";

	// Too many requests, and what gateways say of a destination that is away
	private static final Set<Integer> UNAVAILABLE = Set.of(429, 502, 503, 504);

	private final HttpClient client;

	private final HttpDestinations destinations;

	private final MessageFormat format;

	private final RelayThreads threads;

	/**
	 * Create a relay.
	 * @param destinations where messages go
	 * @param format says which headers requests have
	 */
	public HttpOutboxRelay(HttpDestinations destinations, MessageFormat format) {
		this.destinations = destinations;
		this.format = format;
		this.client = HttpClient.newBuilder().connectTimeout(destinations.timeout()).build();
		this.threads = new RelayThreads("theus-http", destinations.connections());
	}

	@Override
	public String name() {
		return "http";
	}

	@Override
	public CompletionStage<?> send(OutboxMessage message) {
		HttpRequest request = request(message);
		return this.threads.run(() -> post(request, message));
	}

	private Object post(HttpRequest request, OutboxMessage message) throws IOException, InterruptedException {
		int status = status(request);
		if (status / 100 == 2) {
			return status;
		}
		String problem = "%s was not accepted: status=%d, expected 2xx from %s".formatted(message, status,
				withoutSecrets(request.uri()));
		if (UNAVAILABLE.contains(status)) {
			throw new RelayUnavailableException(problem, null);
		}
		throw new RejectedMessageException(problem, status);
	}

	private int status(HttpRequest request) throws IOException, InterruptedException {
		try {
			return this.client.send(request, BodyHandlers.discarding()).statusCode();
		}
		catch (ConnectException | HttpConnectTimeoutException ex) {
			throw new RelayUnavailableException(
					"no connection to %s: error=%s".formatted(withoutSecrets(request.uri()), ex), ex);
		}
	}

	// User information and query often are credentials
	private static String withoutSecrets(URI uri) {
		int port = uri.getPort();
		return uri.getScheme() + "://" + uri.getHost() + ((port != -1) ? ":" + port : "") + uri.getRawPath();
	}

	private HttpRequest request(OutboxMessage message) {
		byte @Nullable [] body = message.body();
		HttpRequest.Builder request = HttpRequest.newBuilder(this.destinations.of(message.topic()))
			.timeout(this.destinations.timeout())
			.POST((body != null) ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody());
		this.destinations.headers().forEach(request::setHeader);
		for (Map.Entry<String, String> header : this.format.headers(message, ATTRIBUTE_PREFIX).entrySet()) {
			boolean attribute = header.getKey().startsWith(ATTRIBUTE_PREFIX);
			request.setHeader(header.getKey(), encoded(header.getValue(), attribute));
		}
		String key = message.key();
		if (key != null) {
			request.setHeader(KEY, encoded(key, true));
		}
		return request.build();
	}

	// An attribute is encoded so that it can be decoded; other headers, which may be
	// encoded already as baggage is, only where they could not be sent
	private static String encoded(String value, boolean reversible) {
		StringBuilder encoded = new StringBuilder(value.length());
		value.codePoints().forEach((c) -> {
			boolean plain = c >= ' ' && c <= '~' && !(reversible && (c == ' ' || c == '"' || c == '%'));
			if (plain) {
				encoded.append((char) c);
			}
			else {
				for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
					encoded.append('%').append("%02X".formatted(b));
				}
			}
		});
		return encoded.toString();
	}

	/**
	 * End the threads.
	 */
	@Override
	public void close() {
		this.threads.stop();
	}

}
