package io.theus.internal.collection;

/**
 * The kinds of read-only collection, each with its refusal to be written to.
 */
enum ReadOnly {

	/** A map, its views and iterators. */
	MAP("map", "context.set(path, value) or context.update(path, fn)"),

	/** A list and its iterators. */
	LIST("list", "context.append(path, value) or context.update(path, fn)"),

	/** A set and its iterators. */
	SET("set", "context.set(path, value) or context.update(path, fn)");

	private final String message;

	ReadOnly(String kind, String remedy) {
		this.message = "this " + kind + " is part of the state and read-only: write through the context, for example "
				+ remedy;
	}

	UnsupportedOperationException refusal() {
		return new UnsupportedOperationException(this.message);
	}

}
