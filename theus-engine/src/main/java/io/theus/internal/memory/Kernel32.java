package io.theus.internal.memory;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/**
 * What is used of the library of Windows.
 */
@SuppressWarnings("checkstyle:methodname")
interface Kernel32 extends StdCallLibrary {

	/**
	 * The library of this system.
	 */
	Kernel32 INSTANCE = Native.load("kernel32", Kernel32.class);

	@Nullable Pointer CreateFileMappingW(Pointer file, @Nullable Pointer attributes, int protection, int sizeHigh, int sizeLow,
			WString name);

	@Nullable Pointer OpenFileMappingW(int access, boolean inherited, WString name);

	@Nullable Pointer MapViewOfFile(Pointer mapping, int access, int offsetHigh, int offsetLow, long bytes);

	boolean UnmapViewOfFile(Pointer address);

	boolean CloseHandle(Pointer handle);

}
