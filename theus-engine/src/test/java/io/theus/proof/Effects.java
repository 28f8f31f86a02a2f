package io.theus.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.theus.proof.Access.Question;

/**
 * What a transaction has to do with others: what it saw of them and what it left to them.
 * Reads of what it had written itself are left out, and sums, which do not tell whose
 * amounts they hold.
 */
final class Effects {

	/** What was seen at each place that holds no map. */
	final Map<String, Object> seen = new LinkedHashMap<>();

	/** Maps of which all was seen, with the keys or the whole content. */
	final Map<String, Object> seenWhole = new LinkedHashMap<>();

	/** How much was seen of each list. */
	final Map<String, Integer> lengths = new LinkedHashMap<>();

	/** The lists that were seen. */
	final Map<String, List<?>> lists = new LinkedHashMap<>();

	/** The last value written at each path. */
	final Map<String, Object> written = new LinkedHashMap<>();

	/** What was appended. */
	final Map<String, List<Object>> appended = new LinkedHashMap<>();

	Effects(Work work) {
		for (Access access : work.accesses()) {
			if (access instanceof Access.Read read && !isOwn(read.path()) && !read.path().equals(Workload.SUM)) {
				note(read);
			}
			if (access instanceof Access.Write write && !write.path().equals(Workload.SUM)) {
				this.written.put(write.path(), write.value());
			}
			if (access instanceof Access.Append append) {
				this.appended.computeIfAbsent(append.path(), (path) -> new ArrayList<>()).add(append.element());
			}
		}
	}

	private boolean isOwn(String path) {
		return this.written.keySet().stream().anyMatch((own) -> meet(own, path))
				|| this.appended.keySet().stream().anyMatch((own) -> meet(own, path));
	}

	private static boolean meet(String one, String other) {
		return one.equals(other) || isBelow(one, other) || isBelow(other, one);
	}

	static boolean isBelow(String path, String container) {
		return container.isEmpty() ? !path.isEmpty() : path.startsWith(container + ".");
	}

	private void note(Access.Read read) {
		if (read.question() == Question.VALUE) {
			noteValue(read.path(), read.seen());
		}
		if (read.question() == Question.PRESENCE && read.seen().equals(false)) {
			noteValue(read.path(), Access.ABSENT);
		}
		if (read.question() == Question.KEYS) {
			this.seenWhole.put(read.path(), read.seen());
		}
		if (read.question() == Question.SIZE) {
			this.lengths.put(read.path(), (Integer) read.seen());
		}
	}

	private void noteValue(String path, Object value) {
		if (value instanceof Map<?, ?> map) {
			this.seenWhole.put(path, map);
			map.forEach((key, child) -> noteValue(path.isEmpty() ? (String) key : path + "." + key, child));
		}
		else if (value instanceof List<?> list) {
			this.lists.put(path, list);
			this.lengths.put(path, list.size());
		}
		else {
			this.seen.put(path, value);
		}
	}

}
