package io.theus.internal.memory;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * What is used of the C library. Sizes and offsets have 64 bits on all systems that are
 * supported.
 */
interface LibC extends Library {

	/**
	 * The library of this system.
	 */
	LibC INSTANCE = Native.load("c", LibC.class);

	int ftruncate(int descriptor, long length);

	// Returns the error itself
	@SuppressWarnings("checkstyle:methodname")
	int posix_fallocate(int descriptor, long offset, long length);

	long lseek(int descriptor, long offset, int whence);

	Pointer mmap(@Nullable Pointer address, long length, int protection, int flags, int descriptor, long offset);

	int munmap(Pointer address, long length);

	int close(int descriptor);

	String strerror(int error);

}
