package io.theus.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The runs of an engine: all that have not ended, and the last ones that have.
 */
// Guarded by itself
final class RunStore {

	private final int keepEnded;

	private final Map<String, Run> byId = new LinkedHashMap<>();

	private final Map<Identity, Run> byKey = new LinkedHashMap<>();

	private final Deque<Run> ended = new ArrayDeque<>();

	RunStore(int keepEnded) {
		this.keepEnded = keepEnded;
	}

	/**
	 * Find the run under a key, or add one.
	 * @param workflow the workflow
	 * @param key the key, {@code null} for a run without one
	 * @param creation makes the run if there is none
	 * @return the run, and whether it is a new one
	 */
	synchronized Added add(String workflow, @Nullable String key, Supplier<Run> creation) {
		Run earlier = (key != null) ? this.byKey.get(new Identity(workflow, key)) : null;
		if (earlier != null) {
			return new Added(earlier, false);
		}
		Run run = creation.get();
		this.byId.put(run.id(), run);
		if (key != null) {
			this.byKey.put(new Identity(workflow, key), run);
		}
		return new Added(run, true);
	}

	synchronized void ended(Run run) {
		this.ended.addLast(run);
		while (this.ended.size() > this.keepEnded) {
			Run oldest = this.ended.removeFirst();
			this.byId.remove(oldest.id());
			oldest.key().ifPresent((key) -> this.byKey.remove(new Identity(oldest.workflow(), key)));
		}
	}

	synchronized Optional<Run> find(String workflow, String key) {
		return Optional.ofNullable(this.byKey.get(new Identity(workflow, key)));
	}

	synchronized Optional<Run> find(String id) {
		return Optional.ofNullable(this.byId.get(id));
	}

	synchronized List<Run> all() {
		return new ArrayList<>(this.byId.values());
	}

	/**
	 * What identifies a run that has a key.
	 *
	 * @param workflow the workflow
	 * @param key the key
	 */
	private record Identity(String workflow, String key) {

	}

	/**
	 * What has become of a request to add a run.
	 *
	 * @param run the run
	 * @param isNew whether it was added
	 */
	record Added(Run run, boolean isNew) {

	}

}
