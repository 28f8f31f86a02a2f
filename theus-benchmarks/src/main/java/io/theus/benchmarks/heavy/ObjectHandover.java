package io.theus.benchmarks.heavy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;

/**
 * An array of the heap is serialised into the standard input of the receiver.
 */
final class ObjectHandover implements Handover {

	static final int BUFFER = 1 << 20;

	private final double[] array;

	private final ReceiverJvm receiver;

	ObjectHandover(int count) throws IOException {
		this.array = LocalHandover.array(count);
		this.receiver = new ReceiverJvm(HandoverType.SERIALISATION);
	}

	@Override
	public void change(double number) {
		this.array[0] = number;
	}

	@Override
	public double run(Command command) throws IOException {
		this.receiver.send(command);
		if (command.isTaking()) {
			// A new one each time, because one remembers what it has written
			ObjectOutputStream stream = new ObjectOutputStream(new BufferedOutputStream(this.receiver.input(), BUFFER));
			stream.writeObject(this.array);
			stream.flush();
		}
		return this.receiver.answer();
	}

	@Override
	public void close() throws IOException {
		this.receiver.close();
	}

}
