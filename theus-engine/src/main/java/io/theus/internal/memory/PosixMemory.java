package io.theus.internal.memory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * Shared memory of POSIX: {@code shm_open}, {@code mmap} and {@code shm_unlink}.
 */
final class PosixMemory implements NamedMemory {

	private static final int READ_ONLY = 0;

	private static final int READ_WRITE = 2;

	private static final int OWNER_ONLY = 0600;

	private static final int FROM_END = 2;

	private static final int PROTECTION_READ = 1;

	private static final int PROTECTION_WRITE = 2;

	private static final int MAP_SHARED = 1;

	// Of Linux: the tables of pages are filled at once, not by a fault for each few. Who
	// creates memory fills all of it; who opens it may read a part
	private static final int MAP_POPULATE = 0x8000;

	private static final int NO_ENTRY = 2;

	private static final int INTERRUPTED = 4;

	private static final int ACCESS_DENIED = 13;

	private static final int EXISTS = 17;

	private static final int OUT_OF_MEMORY = 12;

	private static final int NO_SPACE = 28;

	// Where Linux keeps it; macOS does not say how much there is
	private static final Path MOUNT = Path.of("/dev/shm");

	private static final Pointer FAILED = Pointer.createConstant(-1L);

	private final PosixFlavour flavour;

	private final SharedMemoryLibrary names = SharedMemoryLibrary.load();

	PosixMemory(PosixFlavour flavour) {
		this.flavour = flavour;
	}

	@Override
	public Region create(String name, long bytes) throws FileSystemException {
		int descriptor = this.names.shm_open("/" + name, READ_WRITE | this.flavour.create | this.flavour.exclusive,
				OWNER_ONLY);
		if (descriptor < 0) {
			throw failure(name, "create", Native.getLastError());
		}
		boolean done = false;
		try {
			size(descriptor, name, bytes);
			Region region = map(descriptor, name, bytes, true, true);
			done = true;
			return region;
		}
		finally {
			LibC.INSTANCE.close(descriptor);
			if (!done) {
				this.names.shm_unlink("/" + name);
			}
		}
	}

	// Without its pages, an access would end in a signal when the system has none left
	private void size(int descriptor, String name, long bytes) throws FileSystemException {
		if (LibC.INSTANCE.ftruncate(descriptor, bytes) != 0) {
			throw failure(name, "size", Native.getLastError());
		}
		if (this.flavour == PosixFlavour.LINUX) {
			int error = LibC.INSTANCE.posix_fallocate(descriptor, 0, bytes);
			while (error == INTERRUPTED) {
				error = LibC.INSTANCE.posix_fallocate(descriptor, 0, bytes);
			}
			if (error != 0) {
				throw failure(name, "allocate", error);
			}
		}
	}

	@Override
	public Region open(String name, long bytes, boolean writable) throws FileSystemException {
		int descriptor = this.names.shm_open("/" + name, writable ? READ_WRITE : READ_ONLY, 0);
		if (descriptor < 0) {
			throw failure(name, "open", Native.getLastError());
		}
		try {
			// macOS refuses to map more than there is, and to seek
			long size = (this.flavour == PosixFlavour.LINUX) ? LibC.INSTANCE.lseek(descriptor, 0, FROM_END) : bytes;
			if (size < bytes) {
				throw new FileSystemException(name, null,
						"memory is smaller than expected: bytes=%d, expected=%d".formatted(size, bytes));
			}
			return map(descriptor, name, bytes, writable, false);
		}
		finally {
			LibC.INSTANCE.close(descriptor);
		}
	}

	private Region map(int descriptor, String name, long bytes, boolean writable, boolean created)
			throws FileSystemException {
		int protection = writable ? PROTECTION_READ | PROTECTION_WRITE : PROTECTION_READ;
		int flags = (created && this.flavour == PosixFlavour.LINUX) ? MAP_SHARED | MAP_POPULATE : MAP_SHARED;
		Pointer address = LibC.INSTANCE.mmap(null, bytes, protection, flags, descriptor, 0);
		if (address.equals(FAILED)) {
			throw failure(name, "map", Native.getLastError());
		}
		return new Region(name, address, bytes, writable, () -> LibC.INSTANCE.munmap(address, bytes));
	}

	@Override
	public boolean remove(String name) throws FileSystemException {
		if (this.names.shm_unlink("/" + name) == 0) {
			return true;
		}
		int error = Native.getLastError();
		if (error == NO_ENTRY) {
			return false;
		}
		throw failure(name, "remove", error);
	}

	@Override
	public int maxNameLength() {
		return this.flavour.maxNameLength;
	}

	@Override
	public long available() {
		try {
			return Files.isDirectory(MOUNT) ? Files.getFileStore(MOUNT).getUsableSpace() : -1;
		}
		catch (IOException ex) {
			return -1;
		}
	}

	private FileSystemException failure(String name, String action, int error) {
		String reason = "cannot %s memory: errno=%d, %s".formatted(action, error, LibC.INSTANCE.strerror(error));
		return switch (error) {
			case NO_ENTRY -> new NoSuchFileException(name, null, reason);
			case EXISTS -> new FileAlreadyExistsException(name, null, reason);
			case ACCESS_DENIED -> new AccessDeniedException(name, null, reason);
			case OUT_OF_MEMORY, NO_SPACE -> new NoSpaceException(name, reason);
			default -> new FileSystemException(name, null, reason);
		};
	}

}
