package io.theus.schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.theus.annotation.TheusState;
import io.theus.annotation.Zone;

/**
 * The state that most tests declare: a layer with components of all sorts.
 */
@TheusState("domain")
record Shop(String name, long counter, @Nullable String motto, Map<String, Long> stock, Map<String, Order> orders,
		Map<Status, Integer> byStatus, List<String> log_events, @Zone(io.theus.path.Zone.DATA) List<String> log_plain,
		@Nullable Payment payment, @Nullable Object extra) {

	enum Status {

		NEW, PAID

	}

	record Order(UUID id, BigDecimal total, Status status, List<Line> lines, Set<String> tags, @Nullable LocalDate due,
			@Nullable Instant paidAt) {

	}

	record Line(String sku, int quantity) {

	}

	sealed interface Payment permits Card, Cash {

	}

	record Card(String number, int months) implements Payment {

	}

	record Cash(Currency currency) implements Payment {

	}

}
