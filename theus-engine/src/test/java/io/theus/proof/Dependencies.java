package io.theus.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.proof.Access.Question;
import io.theus.proof.DependencyGraph.Kind;

/**
 * Finds out from the values alone which transaction depends on which, without looking at
 * a version.
 */
// Every written value is unique. Therefore what a transaction read tells whose write it
// saw, and what it read before it wrote tells which value it replaced; a list that only
// grows tells the order of all appends by any read of it (Kingsbury and Alvaro, "Elle:
// Inferring Isolation Anomalies from Experimental Observations", VLDB 2020).
//
// Sound, not complete: there is an edge only where every serial order has it. Nothing is
// said of a value that was overwritten unread, of absence where a key may have been
// removed before, and of what lies below a container that was written as a whole.
final class Dependencies {

	private final List<Work> works = new ArrayList<>();

	private final List<Effects> effects = new ArrayList<>();

	private final DependencyGraph graph;

	// Who left a value at a path
	private final Map<String, Map<Object, Integer>> writers = new LinkedHashMap<>();

	// Who replaced or removed a value that it had seen
	private final Map<String, Map<Object, List<Integer>>> successors = new HashMap<>();

	private final Map<String, List<Integer>> removers = new HashMap<>();

	private final Set<String> containers = new HashSet<>();

	private @Nullable String violation;

	private Dependencies(Recording recording) {
		Access initial = new Access.Write("", recording.initial());
		Access last = new Access.Read("", Question.VALUE, recording.last());
		add(new Work("the beginning", Long.MIN_VALUE, Long.MIN_VALUE + 1, 0, 0, true, false, List.of(initial)));
		recording.works().forEach(this::add);
		add(new Work("the end", Long.MAX_VALUE - 1, Long.MAX_VALUE, 0, 0, false, false, List.of(last)));
		this.graph = new DependencyGraph(this.works);
		leaves("", recording.initial());
		for (int i = 1; i < this.works.size(); i++) {
			index(i);
		}
	}

	private void add(Work work) {
		this.works.add(work);
		this.effects.add(new Effects(work));
	}

	// What is there at the beginning is the work of number 0
	private void leaves(String path, Object value) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, child) -> leaves(path.isEmpty() ? (String) key : path + "." + key, child));
		}
		else if (!(value instanceof List<?>)) {
			writersOf(path).put(value, 0);
		}
	}

	private void index(int number) {
		Effects work = this.effects.get(number);
		work.written.forEach((path, value) -> {
			if (value == Access.ABSENT) {
				this.removers.computeIfAbsent(path, (key) -> new ArrayList<>()).add(number);
			}
			else if (value instanceof Map<?, ?>) {
				this.containers.add(path);
			}
			else {
				writersOf(path).put(value, number);
			}
			if (work.seen.containsKey(path)) {
				this.successors.computeIfAbsent(path, (key) -> new HashMap<>())
					.computeIfAbsent(work.seen.get(path), (key) -> new ArrayList<>())
					.add(number);
			}
		});
	}

	private Map<Object, Integer> writersOf(String path) {
		return this.writers.computeIfAbsent(path, (key) -> new LinkedHashMap<>());
	}

	/**
	 * Look for transactions that depend on each other in a circle, or on what never was.
	 * @return what is wrong, {@code null} if nothing is
	 */
	static @Nullable String findViolation(Recording recording) {
		Dependencies dependencies = new Dependencies(recording);
		dependencies.findContainers();
		for (int reader = 1; reader < dependencies.works.size(); reader++) {
			dependencies.connectSeen(reader);
			dependencies.connectWhole(reader);
		}
		dependencies.connectAppends();
		return (dependencies.violation != null) ? dependencies.violation : dependencies.graph.findCycle();
	}

	// What was removed and had something below it was a container
	private void findContainers() {
		for (String removed : this.removers.keySet()) {
			if (this.writers.keySet().stream().anyMatch((path) -> Effects.isBelow(path, removed))) {
				this.containers.add(removed);
			}
		}
		this.writers.keySet()
			.removeIf((path) -> this.containers.stream()
				.anyMatch((container) -> path.equals(container) || Effects.isBelow(path, container)));
	}

	private void connectSeen(int reader) {
		this.effects.get(reader).seen.forEach((path, value) -> {
			if (!this.writers.containsKey(path)) {
				return;
			}
			if (value == Access.ABSENT) {
				connectAbsent(reader, path);
				return;
			}
			Integer writer = this.writers.get(path).get(value);
			if (writer == null) {
				report(reader, path, value);
				return;
			}
			this.graph.add(writer, reader, Kind.WRITE_READ,
					"wrote '%s'=%s, which the next read".formatted(path, value));
			for (int next : successors(path, value)) {
				this.graph.add(reader, next, Kind.READ_WRITE,
						"saw '%s'=%s, which the next replaced".formatted(path, value));
			}
		});
	}

	private Collection<Integer> successors(String path, Object value) {
		return this.successors.getOrDefault(path, Map.of()).getOrDefault(value, List.of());
	}

	// Where nobody can have removed anything before, what is absent was not yet written
	private void connectAbsent(int reader, String path) {
		Work work = this.works.get(reader);
		Collection<Integer> writing = this.writers.get(path).values();
		boolean unborn = !writing.contains(0) && this.removers.getOrDefault(path, List.of())
			.stream()
			.allMatch((remover) -> remover == reader || work.isBefore(this.works.get(remover)));
		if (unborn) {
			for (int writer : writing) {
				if (!work.isBefore(this.works.get(writer))) {
					this.graph.add(reader, writer, Kind.READ_WRITE,
							"saw nothing at '%s', which the next wrote".formatted(path));
				}
			}
		}
	}

	private void connectWhole(int reader) {
		this.effects.get(reader).seenWhole.forEach((container, content) -> {
			Collection<?> keys = (content instanceof Map<?, ?> map) ? map.keySet() : (List<?>) content;
			for (String path : this.writers.keySet()) {
				if (Effects.isBelow(path, container) && path.lastIndexOf('.') == container.length()) {
					connectKey(reader, path, keys.contains(path.substring(container.length() + 1)));
				}
			}
		});
	}

	private void connectKey(int reader, String path, boolean present) {
		Map<Object, Integer> writing = this.writers.get(path);
		if (!present) {
			connectAbsent(reader, path);
		}
		else if (writing.size() == 1) {
			Object value = writing.keySet().iterator().next();
			this.graph.add(writing.get(value), reader, Kind.WRITE_READ,
					"wrote '%s', which the next saw".formatted(path));
			for (int next : successors(path, value)) {
				this.graph.add(reader, next, Kind.READ_WRITE,
						"saw that there is '%s', which the next removed".formatted(path));
			}
		}
	}

	private void connectAppends() {
		Effects last = this.effects.get(this.effects.size() - 1);
		Set<String> lists = new HashSet<>(last.lists.keySet());
		this.effects.forEach((work) -> lists.addAll(work.appended.keySet()));
		for (String path : lists) {
			Map<Object, Integer> appenders = new HashMap<>();
			for (int i = 0; i < this.works.size(); i++) {
				for (Object element : this.effects.get(i).appended.getOrDefault(path, List.of())) {
					appenders.put(element, i);
				}
			}
			connectList(path, Objects.requireNonNullElse(last.lists.get(path), List.of()), appenders);
		}
	}

	private void connectList(String path, List<?> order, Map<Object, Integer> appenders) {
		if (order.size() != appenders.size() || !appenders.keySet().containsAll(order)) {
			report(this.works.size() - 1, path, "%d elements of %d appended".formatted(order.size(), appenders.size()));
			return;
		}
		for (int i = 1; i < order.size(); i++) {
			this.graph.add(appenders.get(order.get(i - 1)), appenders.get(order.get(i)), Kind.WRITE_WRITE,
					"appended %s to '%s', whereafter the next appended".formatted(order.get(i - 1), path));
		}
		for (int reader = 1; reader < this.works.size(); reader++) {
			Effects work = this.effects.get(reader);
			Integer length = (work.seen.get(path) == Access.ABSENT) ? Integer.valueOf(0) : work.lengths.get(path);
			if (length != null && (length > order.size()
					|| !order.subList(0, length).equals(work.lists.getOrDefault(path, order.subList(0, length))))) {
				report(reader, path, work.lists.getOrDefault(path, List.of()));
				return;
			}
			if (length != null && length > 0) {
				this.graph.add(appenders.get(order.get(length - 1)), reader, Kind.WRITE_READ,
						"appended to '%s' as number %d, which the next saw".formatted(path, length));
			}
			if (length != null && length < order.size()) {
				this.graph.add(reader, appenders.get(order.get(length)), Kind.READ_WRITE,
						"saw %d elements of '%s', to which the next appended".formatted(length, path));
			}
		}
	}

	private void report(int reader, String path, Object value) {
		if (this.violation == null) {
			this.violation = "%s saw '%s'=%s, which no committed transaction left there"
				.formatted(this.works.get(reader), path, value);
		}
	}

}
