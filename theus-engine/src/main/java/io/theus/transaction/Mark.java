package io.theus.transaction;

import org.jspecify.annotations.Nullable;

/**
 * Takes part in a surrounding transaction only so that it can be recognised.
 */
final class Mark implements Participant {

	@Override
	public void prepare() {
		// It holds nothing
	}

	@Override
	public void publish() {
		// It commits nothing
	}

	@Override
	public void drop() {
		// There is nothing to forget
	}

	@Override
	public Object savepoint() {
		return this;
	}

	@Override
	public void rollbackTo(@Nullable Object savepoint) {
		// There is nothing to forget
	}

	@Override
	public boolean isOpen() {
		return true;
	}

}
