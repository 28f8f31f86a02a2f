package io.theus.benchmarks.heavy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * The bytes of a direct buffer go through the standard input of the receiver, by one call
 * of the system.
 */
final class PipeHandover implements Handover {

	private final ByteBuffer array;

	private final ReceiverJvm receiver;

	private final WritableByteChannel channel;

	PipeHandover(int count) throws IOException {
		this.array = Numbers.direct(count);
		Numbers.fill(this.array.asDoubleBuffer());
		this.receiver = new ReceiverJvm(HandoverType.PIPE, count);
		this.channel = this.receiver.inputChannel();
	}

	@Override
	public void change(double number) {
		this.array.putDouble(0, number);
	}

	@Override
	public double run(Command command) throws IOException {
		this.receiver.send(command);
		if (command.isTaking()) {
			for (ByteBuffer left = this.array.duplicate(); left.hasRemaining();) {
				this.channel.write(left);
			}
		}
		return this.receiver.answer();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		this.receiver.close();
	}

}
