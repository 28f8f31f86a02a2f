package io.theus.internal.memory;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Chooses the memory of the system once.
 */
final class SystemMemory {

	private SystemMemory() {
	}

	static NamedMemory get() {
		return Holder.MEMORY;
	}

	// JNA looks for libraries with the help of another process, and takes an interrupt
	// meanwhile as the end of that
	private static NamedMemory chooseUninterrupted() {
		boolean interrupted = Thread.interrupted();
		try {
			return choose();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static NamedMemory choose() {
		if (Native.POINTER_SIZE == Long.BYTES) {
			if (Platform.isLinux()) {
				return new PosixMemory(PosixFlavour.LINUX);
			}
			if (Platform.isMac()) {
				return new PosixMemory(PosixFlavour.MACOS);
			}
			if (Platform.isWindows()) {
				return new WindowsMemory(Kernel32.INSTANCE);
			}
		}
		throw new UnsupportedOperationException("shared memory is not supported on this system: os=%s, bits=%d"
			.formatted(System.getProperty("os.name"), Native.POINTER_SIZE * Byte.SIZE));
	}

	/**
	 * Loads JNA when memory is asked for.
	 */
	private static final class Holder {

		static final NamedMemory MEMORY = chooseUninterrupted();

	}

}
