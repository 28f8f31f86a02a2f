package io.theus.heavy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Lines of text that several processes of one user change.
 */
// A change is made under the lock of a file beside it, on the whole content, which is
// then put in place at once; a process that dies on the way leaves the old content and
// no lock. The lock of a file belongs to the process, and goes when the process closes
// any channel of that file. So within the virtual machine there is a monitor around it:
// that of an interned string, because the same machine may have loaded this class twice.
// Interrupts close channels of files and are put off until the change is done.
final class RegistryFile {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Path directory;

	private final Path file;

	private final Path lockFile;

	private final Object monitor;

	private boolean verified;

	RegistryFile(Path directory) {
		this.directory = directory.toAbsolutePath().normalize();
		this.file = this.directory.resolve("heavy.registry");
		this.lockFile = this.directory.resolve("heavy.lock");
		this.monitor = ("io.theus.heavy:" + this.file).intern();
	}

	Path path() {
		return this.file;
	}

	boolean exists() {
		return Files.exists(this.file);
	}

	// Change the content. The change may be asked for several times; throws
	// HeavyRegistryException if the files cannot be used
	void edit(UnaryOperator<List<String>> change) {
		boolean interrupted = Thread.interrupted();
		try {
			while (!tryEdit(change)) {
				interrupted |= Thread.interrupted();
			}
		}
		catch (IOException ex) {
			throw new HeavyRegistryException(this.file, reason(ex), ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static String reason(IOException problem) {
		return "%s: %s".formatted(problem.getClass().getSimpleName(), problem.getMessage());
	}

	private boolean tryEdit(UnaryOperator<List<String>> change) throws IOException {
		synchronized (this.monitor) {
			prepare();
			try (FileChannel channel = FileChannel.open(this.lockFile, StandardOpenOption.CREATE,
					StandardOpenOption.WRITE); FileLock lock = lock(channel)) {
				List<String> lines = read();
				List<String> changed = change.apply(lines);
				if (!changed.equals(lines)) {
					write(changed);
				}
				return lock.isValid();
			}
			catch (ClosedByInterruptException | FileLockInterruptionException ex) {
				return false;
			}
		}
	}

	private FileLock lock(FileChannel channel) throws IOException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < end) {
			try {
				FileLock lock = channel.tryLock();
				if (lock != null) {
					return lock;
				}
			}
			catch (OverlappingFileLockException ex) {
				// By another copy of this class, which does not know the monitor
			}
			LockSupport.parkNanos(1_000_000);
		}
		throw new HeavyRegistryException(this.file, "another process has locked it for " + PATIENCE, null);
	}

	private void prepare() throws IOException {
		if (this.verified) {
			return;
		}
		boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
		FileAttribute<?>[] attributes = posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
				: new FileAttribute<?>[0];
		if (!Files.isDirectory(this.directory, LinkOption.NOFOLLOW_LINKS)) {
			Files.createDirectories(this.directory, attributes);
		}
		// Whoever owns the directory can make this engine remove its own memory
		Path probe = Files.createTempFile(this.directory, "heavy", ".tmp");
		try {
			if (!Files.getOwner(probe).equals(Files.getOwner(this.directory))) {
				throw new HeavyRegistryException(this.file, "its directory belongs to another user", null);
			}
		}
		finally {
			Files.delete(probe);
		}
		this.verified = true;
	}

	// Bytes that are no text are read as some characters, and their line as broken
	private List<String> read() throws IOException {
		try {
			return Files.readAllLines(this.file, StandardCharsets.ISO_8859_1);
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
	}

	private void write(List<String> lines) throws IOException {
		Path next = Files.createTempFile(this.directory, "heavy", ".tmp");
		boolean done = false;
		try {
			Files.write(next, lines, StandardCharsets.ISO_8859_1);
			Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			done = true;
		}
		finally {
			if (!done) {
				Files.deleteIfExists(next);
			}
		}
	}

}
