package io.theus.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

import io.theus.error.Suggestions;
import io.theus.outbox.OutboxRelay;

/**
 * Chooses what delivers the outbox. A relay of the application goes before those that
 * come along, so that a test which defines one need not change properties.
 */
final class RelayChoice {

	private static final Map<String, String> COMING_ALONG = Map.of("kafka",
			"Kafka is not there, add spring-boot-starter-kafka", "logging", "", "events", "", "http", "");

	private final ListableBeanFactory beans;

	private final @Nullable String wanted;

	RelayChoice(ListableBeanFactory beans, @Nullable String wanted) {
		this.beans = beans;
		this.wanted = wanted;
	}

	OutboxRelay choose() {
		List<String> names = List.of(this.beans.getBeanNamesForType(OutboxRelay.class));
		if (this.wanted != null && names.contains(this.wanted)) {
			return this.beans.getBean(this.wanted, OutboxRelay.class);
		}
		String known = (this.wanted != null) ? COMING_ALONG.get(this.wanted.toLowerCase(Locale.ROOT)) : null;
		if (this.wanted != null && known == null) {
			throw refused("there is no relay '%s'%s: beans=%s, use kafka, logging, events, http or the name of a bean"
				.formatted(this.wanted, Suggestions.didYouMean(this.wanted, candidates(names)), names));
		}
		if (names.isEmpty()) {
			throw refused("relay '%s' cannot be had: %s".formatted(this.wanted, known));
		}
		OutboxRelay unique = this.beans.getBeanProvider(OutboxRelay.class).getIfUnique();
		if (unique == null) {
			throw refused("several beans could deliver the outbox: beans=%s, name one of them or mark it with @Primary"
				.formatted(names));
		}
		return unique;
	}

	private static Set<String> candidates(List<String> names) {
		Set<String> candidates = new TreeSet<>(COMING_ALONG.keySet());
		candidates.addAll(names);
		return candidates;
	}

	private static InvalidTheusPropertyException refused(String problem) {
		return new InvalidTheusPropertyException(OutboxRelayAutoConfiguration.RELAY, problem);
	}

}
