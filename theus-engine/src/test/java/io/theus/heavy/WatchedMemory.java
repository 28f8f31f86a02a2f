package io.theus.heavy;

import java.nio.file.FileSystemException;
import java.util.function.BiConsumer;

import io.theus.internal.memory.NamedMemory;
import io.theus.internal.memory.Region;

/**
 * Memory of this system that tells before names come and go.
 */
record WatchedMemory(NamedMemory memory, BiConsumer<String, String> watcher) implements NamedMemory {

	@Override
	public Region create(String name, long bytes) throws FileSystemException {
		this.watcher.accept("create", name);
		return this.memory.create(name, bytes);
	}

	@Override
	public Region open(String name, long bytes, boolean writable) throws FileSystemException {
		return this.memory.open(name, bytes, writable);
	}

	@Override
	public boolean remove(String name) throws FileSystemException {
		this.watcher.accept("remove", name);
		return this.memory.remove(name);
	}

	@Override
	public int maxNameLength() {
		return this.memory.maxNameLength();
	}

	@Override
	public long available() {
		return this.memory.available();
	}

}
