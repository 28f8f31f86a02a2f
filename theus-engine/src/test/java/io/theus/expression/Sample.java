package io.theus.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the expressions of the tests see.
 */
final class Sample {

	static final Set<String> ROOTS = Set.of("domain", "global", "signal", "cmd", "meta", "inputs", "results", "item",
			"payload", "run");

	static final UUID ID = UUID.fromString("00000000-0000-0001-0000-000000000002");

	static final Order ORDER = new Order("o-1", Status.NEW, new BigDecimal("150.00"), 3,
			List.of(new Line("pen", 2), new Line("ink", 1)), new Customer("Ann", null));

	private Sample() {
	}

	static Map<String, Object> values() {
		Map<String, Object> domain = new HashMap<>();
		domain.put("n", 7);
		domain.put("zero", 0L);
		domain.put("big", new BigInteger("9223372036854775808"));
		domain.put("price", 0.1);
		domain.put("rate", 0.1f);
		domain.put("nan", Double.NaN);
		domain.put("infinite", Double.POSITIVE_INFINITY);
		domain.put("total", new BigDecimal("100.00"));
		domain.put("text", "abc");
		domain.put("empty", "");
		domain.put("letter", 'x');
		domain.put("yes", true);
		domain.put("no", false);
		domain.put("nothing", null);
		domain.put("order", ORDER);
		domain.put("orders", Map.of("o-1", ORDER, "5", "five"));
		domain.put("list", List.of(10, 20, 30));
		domain.put("holes", Arrays.asList(1, null));
		domain.put("emptyList", List.of());
		domain.put("set", new LinkedHashSet<>(List.of("a", "b")));
		domain.put("states", Set.of(Status.NEW, Status.PAID));
		domain.put("status", Status.NEW);
		domain.put("id", ID);
		domain.put("link", URI.create("https://example.org/a"));
		domain.put("day", LocalDate.of(2026, 1, 2));
		domain.put("time", Instant.parse("2026-01-02T03:04:05Z"));
		domain.put("wait", Duration.ofMinutes(5));
		domain.put("currency", Currency.getInstance("EUR"));
		domain.put("locale", Locale.GERMANY);
		domain.put("opaque", new Object());
		return Map.of("domain", domain, "global", Map.of("limit", 100), "signal",
				Map.of("cmd_stop", true, "cmd_go", false, "text", "True", "n", 1), "cmd", Map.of("stop", true),
				"payload", Map.of("ok", true, "id", "o-1"), "inputs", Map.of("id", "o-1", "n", 5, "key", "total"),
				"results", Map.of("plan", Map.of("tool", "search", "ok", true)), "item", 42L);
	}

	static Object evaluate(String text) {
		return Expression.compile(text, ROOTS).evaluate(Scope.of(values()));
	}

	static boolean test(String text) {
		return Expression.compile(text, ROOTS).test(Scope.of(values()));
	}

	enum Status {

		NEW, PAID {
			@Override
			public String toString() {
				return "paid";
			}
		}

	}

	/**
	 * An order.
	 *
	 * @param id its id
	 * @param status its status
	 * @param total its total
	 * @param count how many
	 * @param lines its lines
	 * @param customer who ordered
	 */
	record Order(String id, Status status, BigDecimal total, int count, List<Line> lines, Customer customer) {

		String secret() {
			return "only the accessors of components are called";
		}

	}

	/**
	 * A line of an order.
	 *
	 * @param sku what
	 * @param quantity how many
	 */
	record Line(String sku, int quantity) {

	}

	/**
	 * A customer.
	 *
	 * @param name a name
	 * @param phone a number, may be absent
	 */
	record Customer(String name, String phone) {

	}

}
