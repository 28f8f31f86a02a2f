package io.theus.benchmarks.heavy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;

/**
 * Deserialises an array.
 */
final class ObjectReceiver implements Receiver {

	private static final double[] NOTHING = {};

	private final InputStream input;

	private double[] array = NOTHING;

	ObjectReceiver(InputStream input) {
		this.input = input;
	}

	// What is buffered ends with the array: the sender waits for the answer before it
	// goes on
	@Override
	public void take() throws IOException {
		try {
			ObjectInputStream stream = new ObjectInputStream(
					new BufferedInputStream(this.input, ObjectHandover.BUFFER));
			this.array = (double[]) stream.readObject();
		}
		catch (ClassNotFoundException ex) {
			throw new IOException("array cannot be read, send arrays only", ex);
		}
	}

	@Override
	public double first() {
		return this.array[0];
	}

	@Override
	public double sum() {
		return Numbers.sum(this.array);
	}

	@Override
	public void forget() {
		this.array = NOTHING;
	}

}
