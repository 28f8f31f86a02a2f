package io.theus.heavy;

import io.theus.internal.memory.NamedMemory;
import io.theus.internal.memory.Region;

/**
 * Memory that must not be asked for.
 */
final class NoMemory implements NamedMemory {

	@Override
	public Region create(String name, long bytes) {
		throw new AssertionError("memory was created: " + name);
	}

	@Override
	public Region open(String name, long bytes, boolean writable) {
		throw new AssertionError("memory was opened: " + name);
	}

	@Override
	public boolean remove(String name) {
		throw new AssertionError("memory was removed: " + name);
	}

	@Override
	public int maxNameLength() {
		throw new AssertionError("memory was asked for names");
	}

	@Override
	public long available() {
		throw new AssertionError("memory was asked for room");
	}

}
