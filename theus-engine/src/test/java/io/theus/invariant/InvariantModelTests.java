package io.theus.invariant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.AuditLevel;
import io.theus.audit.AuditTrail;
import io.theus.audit.Auditor;
import io.theus.audit.ValueMask;
import io.theus.audit.Verdicts;
import io.theus.audit.recipe.AuditRules;
import io.theus.audit.rule.AuditPolicy;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.state.Snapshot;
import io.theus.state.StateChange;
import io.theus.state.StateDiff;
import io.theus.state.StateTree;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.store.RunPlace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random commits, judged with what invariants remember, and by an oracle that remembers
 * all commits and works everything out anew from them.
 */
class InvariantModelTests {

	private static final Logger logger = LoggerFactory.getLogger(InvariantModelTests.class);

	private static final int COMMITS = 400;

	private static final List<String> KEYS = List.of("a", "b", "c");

	private static final String FLOW = "flow";

	private final long seed = new Random().nextLong();

	private final Random random = new Random(this.seed);

	private final List<Commit> history = new ArrayList<>();

	private final List<Snapshot> snapshots = new ArrayList<>();

	private final Auditor auditor = new Auditor(new AuditRules(), new AuditTrail(10), ValueMask.HIDDEN,
			Clock.systemUTC());

	private final Invariants invariants = Invariants.of(List.of(named("range").range("domain.n.*", 0, 10),
			named("step").step("domain.n.*", -2, 3),
			named("step-path").tick(Tick.path("domain.t")).step("domain.n.*", -2, 3),
			named("step-run").tick(Tick.run(FLOW)).step("domain.n.*", -2, 3),
			named("step-iteration").tick(Tick.iteration(FLOW)).step("domain.n.*", -2, 3),
			named("step-every").tick(Tick.every(Duration.ofMillis(10))).step("domain.n.*", -2, 3),
			named("up").increasing("domain.n.*"),
			named("down-path").tick(Tick.path("domain.t")).decreasing("domain.n.*"),
			named("sum").sumConserved(List.of("domain.n.*", "domain.m.*"), List.of("deposit")),
			named("rate").rate("domain.n.*", 5, Duration.ofMillis(20)),
			named("match-changes").match("domain.n.*", "domain.m.*", Lag.changes(2)),
			named("match-time").match("domain.n.*", "domain.m.*", Lag.of(Duration.ofMillis(8))),
			named("order").order("domain.n.*", "domain.m.*"),
			named("order-path").tick(Tick.path("domain.t")).order("domain.n.*", "domain.m.*"),
			named("expression-before").tick(Tick.run(FLOW))
				.expression("now.domain.n.get('a', 0) <= before.domain.n.get('a', 0) + 2"),
			named("expression-window").expression(
					"len(window(3).domain.n.a) < 2 or max(window(3).domain.n.a) - min(window(3).domain.n.a) <= 6")));

	private static InvariantBuilder named(String name) {
		return Invariant.named(name).policy(new AuditPolicy(AuditLevel.COUNT, 0, 0, false));
	}

	@RepeatedTest(20)
	void judgesAsIfEverythingWereWorkedOutAnew() {
		logger.warn("seed={}", this.seed);
		this.history.add(new Commit(Map.of(), new CommitOrigin(Kind.EDIT, "begin", null), Instant.EPOCH));
		this.snapshots.add(Snapshot.empty());
		InvariantMemory memory = this.invariants.begin(Snapshot.empty(), Instant.EPOCH);
		for (int i = 1; i <= COMMITS; i++) {
			Commit last = this.history.get(i - 1);
			Commit commit = next(last);
			this.history.add(commit);
			PersistentMap<Object> before = tree(last.content);
			PersistentMap<Object> after = tree(commit.content);
			Verdicts verdicts = this.auditor.verdicts(commit.origin);
			List<StateChange> changes = new ArrayList<>();
			StateDiff.between(Path.parse("domain"), StateTree.child(before, "domain"), StateTree.child(after, "domain"),
					changes::add);
			if (!changes.isEmpty()) {
				memory = this.invariants
					.judge(new Proposal(before, after, changes, commit.origin, i - 1, commit.time,
							(version) -> (version >= 0) ? this.snapshots.get((int) version) : null), memory, verdicts,
							true)
					.memory();
			}
			this.snapshots.add(new Snapshot(i, after, Map.of(), List.of()));
			Set<String> found = new TreeSet<>();
			verdicts.settle().forEach((verdict) -> found.add(verdict.rule().substring("invariant:".length())));
			assertThat(found).as("seed=%d, commit=%d: %s -> %s", this.seed, i, last, commit)
				.isEqualTo(changes.isEmpty() ? Set.of() : new Oracle(i).violated());
		}
	}

	private Commit next(Commit last) {
		Map<String, Long> content = new TreeMap<>(last.content);
		int writes = 1 + this.random.nextInt(3);
		for (int i = 0; i < writes; i++) {
			String map = this.random.nextBoolean() ? "n." : "m.";
			switch (this.random.nextInt(8)) {
				case 0 -> content.remove(map + key());
				case 1 -> content.keySet().removeIf((each) -> each.startsWith(map));
				case 2 -> content.put("t", this.random.nextLong(1000));
				case 3 -> content.put(map + key(), content.getOrDefault("n." + key(), 1L));
				default -> content.merge(map + key(), (long) this.random.nextInt(7) - 3, Long::sum);
			}
		}
		return new Commit(content, origin(), last.time.plusMillis(this.random.nextInt(6)));
	}

	private String key() {
		return KEYS.get(this.random.nextInt(KEYS.size()));
	}

	private CommitOrigin origin() {
		return switch (this.random.nextInt(20)) {
			case 0 -> new CommitOrigin(Kind.EDIT, "repair", null);
			case 1, 2, 3 -> new CommitOrigin(Kind.PROCESS, "deposit", "e");
			case 4, 5, 6, 7, 8, 9, 10 -> {
				String run = "run" + this.random.nextInt(3);
				yield new CommitOrigin(Kind.PROCESS, "step", "e",
						new RunPlace(FLOW, run, "s", this.history.size() / 10 - this.random.nextInt(2)));
			}
			case 11 -> new CommitOrigin(Kind.PROCESS, "step", "e", new RunPlace("other", "run0", "s", 7));
			default -> new CommitOrigin(Kind.TRANSACTION, "tx", null);
		};
	}

	private static PersistentMap<Object> tree(Map<String, Long> content) {
		PersistentMap<Object> root = PersistentMap.empty();
		for (Map.Entry<String, Long> entry : content.entrySet()) {
			root = StateTree.put(root, Path.parse("domain." + entry.getKey()), entry.getValue(), null);
		}
		return root;
	}

	private record Commit(Map<String, Long> content, CommitOrigin origin, Instant time) {

	}

	/**
	 * What the commit at an index violates, from all commits up to it.
	 */
	private final class Oracle {

		private final int at;

		// The last commit of an administrator before it, where all begins
		private final int begin;

		private final Set<String> violated = new TreeSet<>();

		Oracle(int at) {
			this.at = at;
			int last = at - 1;
			while (last > 0 && (isEmpty(last) || history(last).origin.kind() != Kind.EDIT)) {
				last--;
			}
			this.begin = last;
		}

		private static Set<String> keys(String map, Commit... commits) {
			Set<String> keys = new TreeSet<>();
			for (Commit commit : commits) {
				commit.content.keySet().stream().filter((key) -> key.startsWith(map)).forEach(keys::add);
			}
			return keys;
		}

		private Commit history(int index) {
			return InvariantModelTests.this.history.get(index);
		}

		private @Nullable Long value(int index, String key) {
			return history(index).content.get(key);
		}

		private boolean changes(int index, String key) {
			return !Objects.equals(value(index, key), value(index - 1, key));
		}

		private Set<String> changed(String map) {
			Set<String> keys = keys(map, history(this.at), history(this.at - 1));
			keys.removeIf((key) -> !changes(this.at, key));
			return keys;
		}

		Set<String> violated() {
			for (String key : changed("n.")) {
				Long now = value(this.at, key);
				if (now != null) {
					note("range", now < 0 || now > 10);
					step("step", List.of(this.at - 1, this.at), key, now);
					step("step-path", byPath(), key, now);
					step("step-run", byRun(false), key, now);
					step("step-iteration", byRun(true), key, now);
					step("step-every", byTime(), key, now);
					note("up", value(this.at - 1, key) != null && now < value(this.at - 1, key));
					Long first = first(byPath(), key);
					note("down-path", first != null && now > first);
					note("rate", value(this.at - 1, key) != null && level(key) > 5);
				}
			}
			note("sum", !history(this.at).origin.name().equals("deposit") && sum(this.at) != sum(this.at - 1));
			for (String key : KEYS) {
				if (changes(this.at, "n." + key) || changes(this.at, "m." + key)) {
					match(key);
					note("order", value(this.at, "m." + key) != null && value(this.at, "n." + key) == null);
				}
				boolean late = changes(this.at, "m." + key) && value(this.at, "m." + key) != null;
				note("order-path", late && !hasChanged("n." + key));
			}
			expressions();
			return this.violated;
		}

		private void note(String rule, boolean isViolated) {
			if (isViolated) {
				this.violated.add(rule);
			}
		}

		private void step(String rule, List<Integer> tick, String key, long now) {
			Long first = first(tick, key);
			note(rule, first != null && (now - first > 3 || now - first < -2));
		}

		// The value at the start of a tick, or else the first one that one of its commits
		// has
		// found or made
		private @Nullable Long first(List<Integer> tick, String key) {
			Long start = value(tick.get(0), key);
			if (start != null) {
				return start;
			}
			for (int commit : tick.subList(1, tick.size())) {
				if (changes(commit, key)) {
					Long found = value(commit - 1, key);
					if (found != null || (commit < this.at && value(commit, key) != null)) {
						return (found != null) ? found : value(commit, key);
					}
				}
			}
			return null;
		}

		private boolean isEmpty(int index) {
			return history(index).content.equals(history(index - 1).content);
		}

		// A tick: the version at its start, then its commits
		private List<Integer> since(int start) {
			List<Integer> tick = new ArrayList<>();
			for (int i = start; i <= this.at; i++) {
				tick.add(i);
			}
			return tick;
		}

		private List<Integer> byPath() {
			for (int i = this.at; i > this.begin; i--) {
				if (changes(i, "t")) {
					return since(i - 1);
				}
			}
			return since(this.begin);
		}

		private List<Integer> byTime() {
			int start = this.begin;
			long known = history(this.begin).time.toEpochMilli() / 10;
			for (int i = this.begin + 1; i <= this.at; i++) {
				long number = history(i).time.toEpochMilli() / 10;
				if (number > known && !isEmpty(i)) {
					known = number;
					start = i - 1;
				}
			}
			return since(start);
		}

		private List<Integer> byRun(boolean iterations) {
			Map<String, List<Integer>> ticks = new HashMap<>();
			Map<String, Long> numbers = new HashMap<>();
			List<Integer> latest = new ArrayList<>(List.of(this.begin));
			List<Integer> mine = latest;
			for (int i = this.begin + 1; i <= this.at; i++) {
				if (isEmpty(i)) {
					continue;
				}
				RunPlace place = history(i).origin.place();
				mine = latest;
				if (place != null && place.workflow().equals(FLOW)) {
					long number = iterations ? place.iteration() : 0;
					Long known = numbers.get(place.run());
					if (known == null || number > known) {
						numbers.put(place.run(), number);
						latest = new ArrayList<>(List.of(i - 1));
						ticks.put(place.run(), latest);
					}
					mine = Objects.requireNonNull(ticks.get(place.run()));
				}
				mine.add(i);
			}
			return mine;
		}

		private long sum(int index) {
			return history(index).content.entrySet()
				.stream()
				.filter((entry) -> !entry.getKey().equals("t"))
				.mapToLong(Map.Entry::getValue)
				.sum();
		}

		private double level(String key) {
			double level = 0;
			Instant time = history(this.begin).time;
			for (int i = this.begin + 1; i <= this.at; i++) {
				Long before = value(i - 1, key);
				Long now = value(i, key);
				if (now == null) {
					level = 0;
				}
				else if (before != null && !before.equals(now)) {
					double passed = Duration.between(time, history(i).time).toMillis();
					level = Math.max(0, level - passed * 5 / 20) + Math.abs(now - before);
					time = history(i).time;
				}
			}
			return level;
		}

		private void match(String key) {
			String writer = "n." + key;
			String reader = "m." + key;
			List<@Nullable Long> held = new ArrayList<>();
			List<Instant> until = new ArrayList<>();
			if (!Objects.equals(value(this.begin, writer), value(this.begin, reader))) {
				held.add(value(this.begin, reader));
				until.add(history(this.begin).time);
			}
			for (int i = this.begin + 1; i <= this.at; i++) {
				if (changes(i, writer)) {
					held.add(value(i - 1, writer));
					until.add(history(i).time);
				}
				if (i < this.at && value(i, writer) == null && value(i, reader) == null) {
					held.clear();
					until.clear();
				}
			}
			Long read = value(this.at, reader);
			boolean same = Objects.equals(read, value(this.at, writer));
			boolean within = held.subList(Math.max(0, held.size() - 2), held.size()).contains(read);
			note("match-changes", !same && !within);
			boolean inTime = false;
			for (int i = 0; i < held.size(); i++) {
				inTime |= Objects.equals(held.get(i), read)
						&& !until.get(i).isBefore(history(this.at).time.minusMillis(8));
			}
			note("match-time", !same && !inTime);
		}

		private boolean hasChanged(String key) {
			List<Integer> tick = byPath();
			return tick.subList(1, tick.size()).stream().anyMatch((commit) -> changes(commit, key));
		}

		private void expressions() {
			if (!changes(this.at, "n.a")) {
				return;
			}
			Long now = value(this.at, "n.a");
			Long before = value(byRun(false).get(0), "n.a");
			note("expression-before", ((now != null) ? now : 0) > ((before != null) ? before : 0) + 2);
			List<Long> last = new ArrayList<>();
			for (int i = Math.max(0, this.at - 2); i <= this.at; i++) {
				Long value = value(i, "n.a");
				if (value != null) {
					last.add(value);
				}
			}
			long lowest = last.stream().mapToLong((each) -> each).min().orElse(0);
			long highest = last.stream().mapToLong((each) -> each).max().orElse(0);
			note("expression-window", last.size() >= 2 && highest - lowest > 6);
		}

	}

}
