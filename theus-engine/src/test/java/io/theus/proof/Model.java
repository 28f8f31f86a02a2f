package io.theus.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.theus.proof.Access.Question;

/**
 * What the state is meant to be, for one transaction after the other: maps of maps.
 */
final class Model {

	private final Map<String, Object> content;

	// The outline before the transaction that is replayed
	private Object before;

	Model(Map<String, Object> initial) {
		this.content = Plain.ofMap(initial);
		this.before = outline();
	}

	/**
	 * Begin a transaction.
	 * @param outline what {@link #outline()} is now
	 */
	void begin(Object outline) {
		this.before = outline;
	}

	Map<String, Object> content() {
		return this.content;
	}

	Object answer(Access.Read read) {
		Object value = find(read.path());
		if (read.question() == Question.VALUE) {
			return value;
		}
		if (read.question() == Question.PRESENCE) {
			return value != Access.ABSENT;
		}
		boolean keys = read.question() == Question.KEYS;
		if (value instanceof Map<?, ?> map) {
			return keys ? List.copyOf(map.keySet()) : map.size();
		}
		return keys ? List.of() : (value instanceof List<?> list) ? list.size() : 0;
	}

	Object find(String path) {
		return find(this.content, path);
	}

	private static Object find(Object content, String path) {
		Object node = content;
		for (String segment : segments(path)) {
			boolean present = node instanceof Map<?, ?> map && map.containsKey(segment);
			if (!present) {
				return Access.ABSENT;
			}
			node = ((Map<?, ?>) node).get(segment);
		}
		return node;
	}

	void apply(Access.Write write) {
		String[] segments = segments(write.path());
		String last = segments[segments.length - 1];
		if (write.value() != Access.ABSENT) {
			parent(segments).put(last, Plain.of(write.value()));
		}
		else if (find(write.path()) != Access.ABSENT) {
			parent(segments).remove(last);
			removeEmptied(write.path());
		}
	}

	// Parents that the transaction made only for what it has removed again
	private void removeEmptied(String path) {
		int end = path.lastIndexOf('.');
		while (end > 0) {
			String parent = path.substring(0, end);
			if (find(this.before, parent) != Access.ABSENT || !find(parent).equals(Map.of())) {
				return;
			}
			parent(segments(parent)).remove(parent.substring(parent.lastIndexOf('.') + 1));
			end = parent.lastIndexOf('.');
		}
	}

	void apply(Access.Add add) {
		String[] segments = segments(add.path());
		parent(segments).merge(segments[segments.length - 1], add.amount(),
				(sum, amount) -> (Long) sum + (Long) amount);
	}

	@SuppressWarnings("unchecked")
	void apply(Access.Append append) {
		String[] segments = segments(append.path());
		((List<Object>) parent(segments).computeIfAbsent(segments[segments.length - 1], (key) -> new ArrayList<>()))
			.add(append.element());
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> parent(String[] segments) {
		Map<String, Object> node = this.content;
		for (int i = 0; i < segments.length - 1; i++) {
			node = (Map<String, Object>) node.computeIfAbsent(segments[i], (key) -> new TreeMap<String, Object>());
		}
		return node;
	}

	/**
	 * Copy the content, of a list only how long it is: lists of the workloads only grow.
	 */
	Object outline() {
		return outline(this.content);
	}

	private static Object outline(Object node) {
		if (node instanceof Map<?, ?> map) {
			Map<String, Object> copy = new TreeMap<>();
			map.forEach((key, value) -> copy.put((String) key, outline(value)));
			return copy;
		}
		return (node instanceof List<?> list) ? list.size() : node;
	}

	private static String[] segments(String path) {
		return path.split("\\.", -1);
	}

}
