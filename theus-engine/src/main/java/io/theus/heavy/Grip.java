package io.theus.heavy;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.theus.HeavyDescriptor;

/**
 * Keeps memory for an array and all views that were made of it, until it is ended or none
 * of them is reachable any more.
 */
final class Grip {

	private static final Cleaner CLEANER = Cleaner.create((task) -> {
		Thread thread = new Thread(task, "theus-heavy-views");
		thread.setDaemon(true);
		return thread;
	});

	final HeavyDescriptor descriptor;

	final HeavyAccessListener listener;

	// Null if the memory is borrowed
	final @Nullable Block block;

	private final Access access;

	private volatile ByteBuffer @Nullable [] windows;

	private volatile Cleaner.@Nullable Cleanable letGo;

	Grip(HeavyDescriptor descriptor, ByteBuffer @Nullable [] windows, @Nullable Block block, Access access,
			HeavyAccessListener listener) {
		this.descriptor = descriptor;
		this.windows = windows;
		this.block = block;
		this.access = access;
		this.listener = listener;
	}

	// The action must not refer to this
	Grip onEnd(Runnable action) {
		this.letGo = CLEANER.register(this, action);
		return this;
	}

	// What can be shown, or an exception that says why nothing can
	ByteBuffer[] open(String action) {
		ByteBuffer[] open = this.windows;
		if (open == null) {
			throw ended(action);
		}
		if (this.block != null && this.block.freed) {
			throw new HeavyGoneException(this.descriptor, "it was freed");
		}
		return open;
	}

	HeavyAccessException ended(String action) {
		return new HeavyAccessException(this.descriptor.name(), action,
				"the view has ended, map it again within the attempt that uses it");
	}

	// Why nothing may be written
	@Nullable String readOnly() {
		return switch (this.access) {
			case READ -> "it is read-only, declare it as output to write to it";
			case BORROWED -> "it is read-only, it belongs to session=%s and is only borrowed here"
				.formatted(this.descriptor.session());
			case WRITE -> null;
			case ALLOCATED -> (this.block != null && this.block.published)
					? "it is read-only since it was published, write to it in a process that declares it as output"
					: null;
		};
	}

	// Whether it was given out here and nobody else knows it
	boolean isPrivate() {
		return this.access == Access.ALLOCATED && this.block != null && !this.block.published;
	}

	void end() {
		this.windows = null;
		Cleaner.Cleanable action = this.letGo;
		if (action != null) {
			action.clean();
		}
	}

	/**
	 * What may be done with the elements.
	 */
	enum Access {

		READ, BORROWED, WRITE,

		/** To be written until it is published. */
		ALLOCATED

	}

}
