package io.theus.heavy;

import java.nio.file.FileSystemException;

import io.theus.internal.memory.NamedMemory;
import io.theus.internal.memory.Region;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Memory of this system, with names as short as on macOS.
 */
record ShortNames(NamedMemory memory) implements NamedMemory {

	@Override
	public Region create(String name, long bytes) throws FileSystemException {
		assertThat(name).hasSizeLessThanOrEqualTo(maxNameLength());
		return this.memory.create(name, bytes);
	}

	@Override
	public Region open(String name, long bytes, boolean writable) throws FileSystemException {
		return this.memory.open(name, bytes, writable);
	}

	@Override
	public boolean remove(String name) throws FileSystemException {
		return this.memory.remove(name);
	}

	@Override
	public int maxNameLength() {
		return 30;
	}

	@Override
	public long available() {
		return this.memory.available();
	}

}
