package io.theus.internal.memory;

import com.sun.jna.Library;
import com.sun.jna.Native;

/**
 * The names of shared memory, which glibc has kept in a library of its own before 2.34.
 */
interface SharedMemoryLibrary extends Library {

	// Takes a variable number of arguments on macOS, which pass differently on its arm64
	@SuppressWarnings("checkstyle:methodname")
	int shm_open(String name, int flags, Object... mode);

	@SuppressWarnings("checkstyle:methodname")
	int shm_unlink(String name);

	static SharedMemoryLibrary load() {
		SharedMemoryLibrary library = Native.load("c", SharedMemoryLibrary.class);
		try {
			library.shm_unlink("/");
			return library;
		}
		catch (UnsatisfiedLinkError ex) {
			return Native.load("rt", SharedMemoryLibrary.class);
		}
	}

}
