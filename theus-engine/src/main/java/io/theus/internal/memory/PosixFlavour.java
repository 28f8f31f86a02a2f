package io.theus.internal.memory;

/**
 * In what the systems differ, from their headers {@code fcntl.h} and {@code errno.h}.
 */
enum PosixFlavour {

	/** Names of files in {@code /dev/shm}. */
	LINUX(0x40, 0x80, 36, 250),

	/** {@code PSHMNAMLEN} is 31, with the slash. */
	MACOS(0x200, 0x800, 63, 30);

	final int create;

	final int exclusive;

	final int nameTooLong;

	final int maxNameLength;

	PosixFlavour(int create, int exclusive, int nameTooLong, int maxNameLength) {
		this.create = create;
		this.exclusive = exclusive;
		this.nameTooLong = nameTooLong;
		this.maxNameLength = maxNameLength;
	}

}
