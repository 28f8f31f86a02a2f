package io.theus.parallel;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.heavy.HeavyBorrower;
import io.theus.heavy.HeavySlice;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.state.IncompatibleValueException;
import io.theus.state.NoSuchPathException;
import io.theus.state.StateTree;

/**
 * What a call of a worker may read, until it ends.
 */
final class WorkerScope {

	private final String process;

	private final String executionId;

	private final int attempt;

	private final long version;

	private final List<PathPattern> patterns;

	private final PersistentMap<Object> tree;

	private final HeavyBorrower borrower;

	private volatile boolean ended;

	WorkerScope(String process, String executionId, int attempt, long version, List<PathPattern> patterns,
			Map<Path, @Nullable Object> values, HeavyBorrower borrower) {
		this.borrower = borrower;
		this.process = process;
		this.executionId = executionId;
		this.attempt = attempt;
		this.version = version;
		this.patterns = patterns;
		PersistentMap<Object> all = PersistentMap.empty();
		for (Map.Entry<Path, @Nullable Object> each : values.entrySet()) {
			all = StateTree.put(all, each.getKey(), each.getValue(), null);
		}
		this.tree = all;
	}

	String process() {
		return this.process;
	}

	String executionId() {
		return this.executionId;
	}

	int attempt() {
		return this.attempt;
	}

	long version() {
		return this.version;
	}

	void end() {
		this.ended = true;
	}

	boolean isEnded() {
		return this.ended;
	}

	@Nullable Object read(Path path) {
		return read(path, this.patterns.stream().anyMatch((pattern) -> pattern.coversChildrenOf(path)));
	}

	@Nullable Object readKeys(Path path) {
		return read(path, this.patterns.stream().anyMatch((pattern) -> pattern.coversKeysOf(path)));
	}

	HeavyArray heavy(Path path) {
		Object reference = read(path);
		if (reference == StateTree.ABSENT) {
			throw new NoSuchPathException(path, siblings(path));
		}
		if (reference instanceof HeavyDescriptor descriptor) {
			return this.borrower.attach(new HeavySlice(descriptor, 0, descriptor.shape()));
		}
		throw new IncompatibleValueException(path, HeavyArray.class, reference);
	}

	// What is there beside an absent path
	Set<String> siblings(Path path) {
		return StateTree
			.keys((path.length() > 1) ? StateTree.find(this.tree, path.prefix(path.length() - 1)) : StateTree.ABSENT);
	}

	private @Nullable Object read(Path path, boolean given) {
		if (!given) {
			throw WorkerContextException.notGiven(this.process, path,
					this.patterns.stream().map(PathPattern::toString).toList());
		}
		return StateTree.find(this.tree, path);
	}

}
