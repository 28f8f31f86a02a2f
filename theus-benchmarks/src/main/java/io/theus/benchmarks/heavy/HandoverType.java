package io.theus.benchmarks.heavy;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The candidates that hand an array over.
 *
 * @since 0.1.0
 */
public enum HandoverType {

	/** The heavy zone of an engine. */
	THEUS,

	/** The standard input of the receiver. */
	PIPE,

	/** A socket of the loopback interface. */
	SOCKET,

	/** Java's serialisation into the standard input of the receiver. */
	SERIALISATION,

	/** A file that both map into their memory. */
	MAPPED_FILE,

	/** An array that stays where it is. */
	LOCAL;

	Handover open(int count) throws IOException {
		return switch (this) {
			case THEUS -> new TheusHandover(count);
			case PIPE -> new PipeHandover(count);
			case SOCKET -> new SocketHandover(count);
			case SERIALISATION -> new ObjectHandover(count);
			case MAPPED_FILE -> new FileHandover(count);
			case LOCAL -> new LocalHandover(count);
		};
	}

	Receiver receiver(FileInputStream input, List<String> arguments) throws IOException {
		return switch (this) {
			case THEUS -> new TheusReceiver(input);
			case PIPE -> new ChannelReceiver(input.getChannel(), count(arguments));
			case SOCKET ->
				new ChannelReceiver(SocketHandover.connect(Integer.parseInt(arguments.get(1))), count(arguments));
			case SERIALISATION -> new ObjectReceiver(input);
			case MAPPED_FILE -> new FileReceiver(Path.of(arguments.get(0)));
			case LOCAL -> throw new IllegalArgumentException("receiver of '" + this + "' is not a JVM of its own");
		};
	}

	private static int count(List<String> arguments) {
		return Integer.parseInt(arguments.get(0));
	}

}
