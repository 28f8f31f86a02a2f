package io.theus.benchmarks.heavy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The bytes of a direct buffer go through a socket of the loopback interface, whose
 * buffers the system sizes.
 */
final class SocketHandover implements Handover {

	private static final int LIMIT_MILLIS = 10_000;

	private final ByteBuffer array;

	private final ReceiverJvm receiver;

	private final SocketChannel channel;

	SocketHandover(int count) throws IOException {
		this.array = Numbers.direct(count);
		Numbers.fill(this.array.asDoubleBuffer());
		try (ServerSocketChannel server = ServerSocketChannel.open()) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			this.receiver = new ReceiverJvm(HandoverType.SOCKET, count, server.socket().getLocalPort());
			server.socket().setSoTimeout(LIMIT_MILLIS);
			this.channel = server.socket().accept().getChannel();
		}
	}

	static SocketChannel connect(int port) throws IOException {
		return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
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
