package io.theus.benchmarks.heavy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import io.theus.HeavyArray;
import io.theus.heavy.HeavyBorrower;

/**
 * Attaches the array of an engine.
 */
final class TheusReceiver implements Receiver {

	private final HeavyBorrower borrower = new HeavyBorrower();

	private final InputStream input;

	private @Nullable HeavyArray array;

	TheusReceiver(InputStream input) {
		this.input = input;
	}

	// What is buffered ends with the slice: the sender waits for the answer before it
	// goes on
	@Override
	public void take() throws IOException {
		this.array = this.borrower.attach(SliceWire.read(new DataInputStream(new BufferedInputStream(this.input))));
	}

	@Override
	public double first() {
		return array().getDouble(0);
	}

	@Override
	public double sum() {
		return array().sum();
	}

	@Override
	public void forget() {
		array().close();
		this.array = null;
	}

	private HeavyArray array() {
		if (this.array == null) {
			throw new IllegalStateException("receiver has no array, let it take one before");
		}
		return this.array;
	}

}
