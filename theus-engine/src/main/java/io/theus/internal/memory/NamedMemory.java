package io.theus.internal.memory;

import java.nio.file.FileSystemException;

/**
 * Memory that processes of this machine find by its name. What goes wrong is told by the
 * exceptions of {@code java.nio.file}, with the name in place of a file's.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface NamedMemory {

	/**
	 * Create memory, all zeros, and map it for reading and writing. The pages are there
	 * when this returns, so that no access can fail for want of them.
	 * @param name its name, at most {@link #maxNameLength()} letters, digits, dots,
	 * hyphens and underscores
	 * @param bytes its size, at least 1
	 * @return the memory
	 * @throws java.nio.file.FileAlreadyExistsException if the name is taken
	 * @throws NoSpaceException if there is no room
	 * @throws FileSystemException if the system refuses
	 */
	Region create(String name, long bytes) throws FileSystemException;

	/**
	 * Map memory that is there.
	 * @param name its name
	 * @param bytes how much of it, from the beginning
	 * @param writable whether to map it for writing as well
	 * @return the memory
	 * @throws java.nio.file.NoSuchFileException if there is none of that name
	 * @throws FileSystemException if it is smaller, or the system refuses
	 */
	Region open(String name, long bytes, boolean writable) throws FileSystemException;

	/**
	 * Take a name away. Nobody finds the memory any more; whoever has mapped it keeps it.
	 * @param name its name
	 * @return whether there was one
	 * @throws FileSystemException if the system refuses
	 */
	boolean remove(String name) throws FileSystemException;

	/**
	 * Return how long names may be.
	 * @return the number of characters
	 */
	int maxNameLength();

	/**
	 * Return how much more memory the system has to share.
	 * @return the number of bytes, -1 if the system does not say
	 */
	long available();

	/**
	 * Return the memory of this system.
	 * @return shared memory of POSIX on Linux and macOS, named file mappings on Windows
	 * @throws UnsupportedOperationException on other systems, and where addresses do not
	 * have 64 bits
	 */
	static NamedMemory ofSystem() {
		return SystemMemory.get();
	}

}
