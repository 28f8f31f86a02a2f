package io.theus.internal.memory;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;

/**
 * Named file mappings of Windows, backed by the paging file. One lives as long as some
 * process has a handle or a view of it, so who has created it keeps a handle until the
 * name is removed; the system closes it when the process ends.
 */
final class WindowsMemory implements NamedMemory {

	private static final int PAGE_READ_WRITE = 0x04;

	private static final int MAP_WRITE = 0x02;

	private static final int MAP_READ = 0x04;

	private static final int FILE_NOT_FOUND = 2;

	private static final int ACCESS_DENIED = 5;

	private static final int OUT_OF_MEMORY = 8;

	private static final int DISK_FULL = 112;

	private static final int COMMITMENT_LIMIT = 1455;

	private static final int ALREADY_EXISTS = 183;

	private static final int MAX_NAME_LENGTH = 200;

	private static final Pointer PAGING_FILE = Pointer.createConstant(-1L);

	private final Kernel32 system;

	private final Map<String, Pointer> created = new ConcurrentHashMap<>();

	WindowsMemory(Kernel32 system) {
		this.system = system;
	}

	@Override
	public Region create(String name, long bytes) throws FileSystemException {
		Pointer handle = this.system.CreateFileMappingW(PAGING_FILE, null, PAGE_READ_WRITE,
				(int) (bytes >>> Integer.SIZE), (int) bytes, qualified(name));
		int error = Native.getLastError();
		if (handle == null) {
			throw failure(name, "create", error);
		}
		if (error == ALREADY_EXISTS) {
			this.system.CloseHandle(handle);
			throw failure(name, "create", error);
		}
		boolean done = false;
		try {
			Region region = map(handle, name, bytes, true);
			this.created.put(name, handle);
			done = true;
			return region;
		}
		finally {
			if (!done) {
				this.system.CloseHandle(handle);
			}
		}
	}

	// The view keeps the mapping alive without the handle. Mapping more than there is
	// fails
	@Override
	public Region open(String name, long bytes, boolean writable) throws FileSystemException {
		Pointer handle = this.system.OpenFileMappingW(access(writable), false, qualified(name));
		if (handle == null) {
			throw failure(name, "open", Native.getLastError());
		}
		try {
			return map(handle, name, bytes, writable);
		}
		finally {
			this.system.CloseHandle(handle);
		}
	}

	private Region map(Pointer handle, String name, long bytes, boolean writable) throws FileSystemException {
		Pointer address = this.system.MapViewOfFile(handle, access(writable), 0, 0, bytes);
		if (address == null) {
			throw failure(name, "map", Native.getLastError());
		}
		return new Region(name, address, bytes, writable, () -> this.system.UnmapViewOfFile(address));
	}

	private static int access(boolean writable) {
		return writable ? MAP_READ | MAP_WRITE : MAP_READ;
	}

	@Override
	public boolean remove(String name) {
		Pointer handle = this.created.remove(name);
		return handle != null && this.system.CloseHandle(handle);
	}

	@Override
	public int maxNameLength() {
		return MAX_NAME_LENGTH;
	}

	@Override
	public long available() {
		return -1;
	}

	// Seen by the processes of the same session of Windows
	private static WString qualified(String name) {
		return new WString("Local\\" + name);
	}

	private static FileSystemException failure(String name, String action, int error) {
		String reason = "cannot %s memory: error=%d".formatted(action, error);
		return switch (error) {
			case FILE_NOT_FOUND -> new NoSuchFileException(name, null, reason);
			case ALREADY_EXISTS -> new FileAlreadyExistsException(name, null, reason);
			case ACCESS_DENIED -> new AccessDeniedException(name, null, reason);
			case OUT_OF_MEMORY, DISK_FULL, COMMITMENT_LIMIT -> new NoSpaceException(name, reason);
			default -> new FileSystemException(name, null, reason);
		};
	}

}
