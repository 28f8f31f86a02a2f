package io.theus.proof;

import java.util.List;
import java.util.function.Consumer;

import io.theus.StateReader;
import io.theus.TransactionContext;
import io.theus.engine.TheusEngine;
import io.theus.proof.Access.Question;

/**
 * A running transaction of which every access is noted.
 */
final class RecordedContext {

	private final TheusEngine engine;

	private final TransactionContext context;

	private final List<Access> accesses;

	RecordedContext(TheusEngine engine, TransactionContext context, List<Access> accesses) {
		this.engine = engine;
		this.context = context;
		this.accesses = accesses;
	}

	static Access.Read value(StateReader reader, String path) {
		return new Access.Read(path, Question.VALUE, reader.find(path).map(Plain::of).orElse(Access.ABSENT));
	}

	Object find(String path) {
		Access.Read read = value(this.context, path);
		this.accesses.add(read);
		return read.seen();
	}

	boolean contains(String path) {
		return noted(path, Question.PRESENCE, this.context.contains(path));
	}

	List<String> keys(String path) {
		return noted(path, Question.KEYS, this.context.keys(path).stream().sorted().toList());
	}

	int size(String path) {
		return noted(path, Question.SIZE, this.context.size(path));
	}

	private <T> T noted(String path, Question question, T seen) {
		this.accesses.add(new Access.Read(path, question, seen));
		return seen;
	}

	void set(String path, long value) {
		this.context.set(path, value);
		this.accesses.add(new Access.Write(path, value));
	}

	void remove(String path) {
		this.context.remove(path);
		this.accesses.add(new Access.Write(path, Access.ABSENT));
	}

	void add(String path, long amount) {
		this.context.add(path, amount);
		this.accesses.add(new Access.Add(path, amount));
	}

	void append(String path, long element) {
		this.context.append(path, element);
		this.accesses.add(new Access.Append(path, element));
	}

	/**
	 * Run a part of which nothing remains because it fails in the end.
	 */
	void inVain(Consumer<RecordedContext> part) {
		int before = this.accesses.size();
		try {
			this.engine.transact((joined) -> {
				part.accept(new RecordedContext(this.engine, joined, this.accesses));
				throw new InVainException();
			});
		}
		catch (InVainException ex) {
			this.accesses.subList(before, this.accesses.size()).clear();
		}
	}

	private static final class InVainException extends RuntimeException {

	}

}
