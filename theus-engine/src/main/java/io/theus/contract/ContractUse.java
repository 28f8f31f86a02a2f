package io.theus.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.theus.path.Path;
import io.theus.path.PathPattern;

/**
 * What calls really used of a contract: shows grants that nobody needs, and access that
 * was tried without being declared.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// The flags are plain: they only ever turn true, every thread writes the same value, and
// a reader that sees one late reports a grant as unused a little longer.
public final class ContractUse {

	private static final int MOST_MISSING = 100;

	private final List<PathPattern> inputs;

	private final List<PathPattern> outputs;

	private final boolean[] read;

	private final boolean[] written;

	private final Set<String> missingInputs = ConcurrentHashMap.newKeySet();

	private final Set<String> missingOutputs = ConcurrentHashMap.newKeySet();

	private final Set<String> missingEmits = ConcurrentHashMap.newKeySet();

	private final Set<String> missingSends = ConcurrentHashMap.newKeySet();

	private final Set<String> missingStarts = ConcurrentHashMap.newKeySet();

	private final Set<String> missingCalls = ConcurrentHashMap.newKeySet();

	ContractUse(List<PathPattern> inputs, List<PathPattern> outputs) {
		this.inputs = inputs;
		this.outputs = outputs;
		this.read = new boolean[inputs.size()];
		this.written = new boolean[outputs.size()];
	}

	void read(int declared, Path path) {
		note(declared, path, this.read, this.missingInputs);
	}

	void written(int declared, Path path) {
		note(declared, path, this.written, this.missingOutputs);
	}

	void emittedUndeclared(String topic) {
		add(topic, this.missingEmits);
	}

	void sentUndeclared(String topic) {
		add(topic, this.missingSends);
	}

	void startedUndeclared(String workflow) {
		add(workflow, this.missingStarts);
	}

	/**
	 * Note a call that is not declared.
	 * @param process the id of the process that was called
	 */
	public void calledUndeclared(String process) {
		add(process, this.missingCalls);
	}

	private static void add(String subject, Set<String> missing) {
		if (missing.size() < MOST_MISSING) {
			missing.add(subject);
		}
	}

	private static void note(int declared, Path path, boolean[] used, Set<String> missing) {
		if (declared < 0) {
			add(path.toString(), missing);
		}
		// A write where there is nothing to say would only take the line from other cores
		else if (!used[declared]) {
			used[declared] = true;
		}
	}

	/**
	 * Return the declared inputs that no call has read so far.
	 * @return patterns as they are written
	 */
	public List<String> unusedInputs() {
		return unused(this.inputs, this.read);
	}

	/**
	 * Return the declared outputs that no call has written so far.
	 * @return patterns as they are written
	 */
	public List<String> unusedOutputs() {
		return unused(this.outputs, this.written);
	}

	private static List<String> unused(List<PathPattern> patterns, boolean[] used) {
		List<String> unused = new ArrayList<>();
		for (int i = 0; i < used.length; i++) {
			if (!used[i]) {
				unused.add(patterns.get(i).toString());
			}
		}
		return unused;
	}

	/**
	 * Return what was read without being declared.
	 * @return at most 100 paths, sorted
	 */
	public List<String> missingInputs() {
		return this.missingInputs.stream().sorted().toList();
	}

	/**
	 * Return what was written without being declared.
	 * @return at most 100 paths, sorted
	 */
	public List<String> missingOutputs() {
		return this.missingOutputs.stream().sorted().toList();
	}

	/**
	 * Return the topics of signals that were emitted without being declared.
	 * @return at most 100 topics, sorted
	 */
	public List<String> missingEmits() {
		return this.missingEmits.stream().sorted().toList();
	}

	/**
	 * Return the topics of messages that were sent without being declared.
	 * @return at most 100 topics, sorted
	 */
	public List<String> missingSends() {
		return this.missingSends.stream().sorted().toList();
	}

	/**
	 * Return the workflows of which runs were started or signalled without being
	 * declared.
	 * @return at most 100 names, sorted
	 */
	public List<String> missingStarts() {
		return this.missingStarts.stream().sorted().toList();
	}

	/**
	 * Return the processes that were called without being declared, where they had to be.
	 * @return at most 100 ids, sorted
	 */
	public List<String> missingCalls() {
		return this.missingCalls.stream().sorted().toList();
	}

}
