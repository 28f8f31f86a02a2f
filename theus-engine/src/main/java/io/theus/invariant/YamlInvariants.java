package io.theus.invariant;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.audit.rule.AuditPolicy;
import io.theus.error.Suggestions;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.path.InvalidPathException;

/**
 * Reads invariants from YAML: a list of maps, each with a name, one kind with what it
 * demands, and what applies to all kinds. YamlKeys may be written with {@code _} for
 * {@code -}.
 *
 * @since 0.1.0
 */
public final class YamlInvariants {

	private static final String KEY = "invariants";

	private static final Map<String, BiFunction<InvariantBuilder, YamlKeys, Invariant>> KINDS = kinds();

	private static final List<String> COMMON = List.of("name", "tick", "level", "message", "threshold-max",
			"max-threshold", "threshold-min", "min-threshold", "reset-on-success");

	private YamlInvariants() {
	}

	private static Map<String, BiFunction<InvariantBuilder, YamlKeys, Invariant>> kinds() {
		Map<String, BiFunction<InvariantBuilder, YamlKeys, Invariant>> kinds = new LinkedHashMap<>();
		kinds.put("range", (invariant, keys) -> {
			keys.check("path", "min", "max");
			return invariant.range(keys.text("path"), keys.find("min", keys::number), keys.find("max", keys::number));
		});
		kinds.put("step", (invariant, keys) -> {
			keys.check("path", "min", "max");
			BigDecimal min = keys.find("min", keys::number);
			return invariant.step(keys.text("path"), (min != null) ? min : BigDecimal.ZERO,
					keys.number(keys.require("max")));
		});
		kinds.put("monotonic", YamlInvariants::monotonic);
		kinds.put("sum-conserved", (invariant, keys) -> {
			keys.check("paths", "except");
			return invariant.sumConserved(keys.texts("paths", true), keys.texts("except", false));
		});
		kinds.put("rate", (invariant, keys) -> {
			keys.check("path", "max", "per");
			return invariant.rate(keys.text("path"), keys.number(keys.require("max")),
					keys.duration(keys.require("per")));
		});
		kinds.put("match", (invariant, keys) -> {
			keys.check("writer", "reader", "lag");
			return invariant.match(keys.text("writer"), keys.text("reader"), lag(keys));
		});
		kinds.put("order", (invariant, keys) -> {
			keys.check("first", "then");
			return invariant.order(keys.text("first"), keys.text("then"));
		});
		kinds.put("expression", (invariant, keys) -> {
			keys.check("expression", "paths");
			return invariant.expression(keys.text("expression"), keys.texts("paths", false).toArray(String[]::new));
		});
		return kinds;
	}

	// What a kind demands may be just one text
	private static final Map<String, String> SHORT = Map.of("monotonic", "path", "expression", "expression");

	/**
	 * Read a document whose only key is {@code invariants}.
	 * @param document the document
	 * @return the invariants
	 * @throws io.theus.internal.yaml.InvalidYamlException with the place of what is wrong
	 */
	public static List<Invariant> readDocument(YamlNode document) {
		YamlMap map = document.asMap();
		map.checkKeys(List.of(KEY));
		return read(map.require(KEY), AuditPolicy.DEFAULT);
	}

	/**
	 * Read a list of invariants.
	 * @param list the list
	 * @param defaults what follows a violation where an invariant does not say so
	 * @return the invariants
	 * @throws io.theus.internal.yaml.InvalidYamlException with the place of what is wrong
	 */
	public static List<Invariant> read(YamlNode list, AuditPolicy defaults) {
		List<Invariant> invariants = new ArrayList<>();
		Map<String, YamlNode> names = new HashMap<>();
		for (YamlNode item : list.asList().items()) {
			Invariant invariant = readOne(item.asMap(), defaults);
			YamlNode other = names.putIfAbsent(invariant.name(), item);
			if (other != null) {
				throw item.error("the name '%s' is taken by the invariant at line %d, choose another name"
					.formatted(invariant.name(), other.position().line()));
			}
			invariants.add(invariant);
		}
		return List.copyOf(invariants);
	}

	private static Invariant readOne(YamlMap map, AuditPolicy defaults) {
		YamlKeys keys = new YamlKeys(map);
		YamlMap.Entry kind = kindOf(map);
		String name = keys.text("name");
		try {
			InvariantBuilder invariant = Invariant.named(name)
				.policy(policy(keys, defaults))
				.message(keys.find("message", (node) -> node.asScalar().text()))
				.tick(keys.find("tick", YamlInvariants::tick));
			return required(KINDS.get(YamlKeys.kebab(kind.key()))).apply(invariant, demands(kind));
		}
		catch (InvalidInvariantException ex) {
			throw kind.value().position().error(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static YamlMap.Entry kindOf(YamlMap map) {
		YamlMap.Entry kind = null;
		for (YamlMap.Entry entry : map.entries()) {
			String key = YamlKeys.kebab(entry.key());
			if (KINDS.containsKey(key)) {
				if (kind != null) {
					throw entry.error("an invariant has one kind, found '%s' and '%s', make it two invariants"
						.formatted(kind.key(), entry.key()));
				}
				kind = entry;
			}
			else if (!COMMON.contains(key)) {
				List<String> known = new ArrayList<>(COMMON);
				known.addAll(KINDS.keySet());
				throw entry.error("unknown key '" + entry.key() + "'" + Suggestions.didYouMean(key, known) + ", known="
						+ known.stream().sorted().toList());
			}
		}
		if (kind == null) {
			throw map.error("the invariant has no kind, give one of " + KINDS.keySet());
		}
		return kind;
	}

	private static YamlKeys demands(YamlMap.Entry kind) {
		String key = SHORT.get(YamlKeys.kebab(kind.key()));
		return (kind.value() instanceof YamlMap || key == null) ? new YamlKeys(kind.value().asMap())
				: new YamlKeys(kind.value(), key);
	}

	private static Invariant monotonic(InvariantBuilder invariant, YamlKeys keys) {
		keys.check("path", "direction");
		String path = keys.text("path");
		YamlNode direction = keys.find("direction");
		if (direction == null) {
			return invariant.increasing(path);
		}
		return switch (direction.asScalar().text()) {
			case "increasing" -> invariant.increasing(path);
			case "decreasing" -> invariant.decreasing(path);
			default -> throw direction.error("expected increasing or decreasing, found " + direction.describe());
		};
	}

	private static Lag lag(YamlKeys keys) {
		YamlNode node = keys.require("lag");
		try {
			return (node.asScalar().value() instanceof Long changes) ? Lag.changes(Math.toIntExact(changes))
					: Lag.of(keys.duration(node));
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw node.error(String.valueOf(ex.getMessage()));
		}
	}

	private static AuditPolicy policy(YamlKeys keys, AuditPolicy defaults) {
		AuditLevel level = keys.find("level", YamlInvariants::level);
		Long min = keys.findEither("threshold-min", "min-threshold", YamlInvariants::threshold);
		Long max = keys.findEither("threshold-max", "max-threshold", YamlInvariants::threshold);
		Boolean reset = keys.find("reset-on-success", YamlInvariants::truth);
		return new AuditPolicy((level != null) ? level : defaults.level(),
				(min != null) ? min : defaults.thresholdMin(), (max != null) ? max : defaults.thresholdMax(),
				(reset != null) ? reset : defaults.resetOnSuccess());
	}

	private static AuditLevel level(YamlNode node) {
		String text = node.asScalar().text().toUpperCase(Locale.ROOT);
		List<String> known = new ArrayList<>();
		for (AuditLevel level : AuditLevel.values()) {
			if (text.equals(level.name()) || text.equals(String.valueOf(level.letter()))) {
				return level;
			}
			known.add(level.letter() + " (" + level.name().toLowerCase(Locale.ROOT) + ")");
		}
		throw node.error("unknown level " + node.describe() + ", known=" + known);
	}

	private static Long threshold(YamlNode node) {
		if (node.asScalar().value() instanceof Long threshold && threshold >= 0) {
			return threshold;
		}
		throw node.error("expected a threshold, 0 or more, found " + node.describe());
	}

	private static Boolean truth(YamlNode node) {
		if (node.asScalar().value() instanceof Boolean truth) {
			return truth;
		}
		throw node.error("expected true or false, found " + node.describe());
	}

	private static Tick tick(YamlNode node) {
		if (!(node instanceof YamlMap map)) {
			if (node.asScalar().text().equals("commit")) {
				return Tick.commit();
			}
			throw node.error("expected commit, or a map with path, workflow or every, found " + node.describe());
		}
		YamlKeys keys = new YamlKeys(map);
		keys.check("path", "workflow", "each", "every");
		try {
			return tick(keys, map);
		}
		catch (IllegalArgumentException | InvalidPathException ex) {
			throw node.position().error(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static Tick tick(YamlKeys keys, YamlMap map) {
		int ways = 0;
		for (String way : List.of("path", "workflow", "every")) {
			ways += (keys.find(way) != null) ? 1 : 0;
		}
		if (ways != 1) {
			throw map.error("a tick has one of path, workflow and every, found %d of them".formatted(ways));
		}
		YamlNode each = keys.find("each");
		if (each != null && keys.find("workflow") == null) {
			throw each.error("'each' belongs to a workflow, leave it out");
		}
		if (keys.find("path") != null) {
			return Tick.path(keys.text("path"));
		}
		return (keys.find("every") != null) ? Tick.every(keys.duration(keys.require("every")))
				: tick(keys.text("workflow"), each);
	}

	private static Tick tick(String workflow, @Nullable YamlNode each) {
		return switch ((each != null) ? each.asScalar().text() : "run") {
			case "run" -> Tick.run(workflow);
			case "iteration" -> Tick.iteration(workflow);
			default -> throw required(each).error("expected run or iteration, found " + required(each).describe());
		};
	}

	private static <T> T required(@Nullable T value) {
		return Objects.requireNonNull(value);
	}

}
