package io.theus.benchmarks.heavy;

import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The main class of the JVM that receives: reads commands from standard input, one byte
 * each, and writes its answers to standard output. It ends when its input does, therefore
 * with the sender at the latest.
 *
 * @since 0.1.0
 */
public final class ReceiverMain {

	private final FileInputStream commands;

	private final DataOutputStream answers;

	private final Receiver receiver;

	private ReceiverMain(FileInputStream commands, DataOutputStream answers, Receiver receiver) {
		this.commands = commands;
		this.answers = answers;
		this.receiver = receiver;
	}

	/**
	 * Serve one sender.
	 * @param arguments the name of the {@link HandoverType}, and what its receiver needs
	 * @throws IOException if an array cannot be taken
	 */
	public static void main(String... arguments) throws IOException {
		try (FileInputStream commands = new FileInputStream(FileDescriptor.in);
				DataOutputStream answers = new DataOutputStream(new FileOutputStream(FileDescriptor.out))) {
			// Answers have standard output for themselves
			System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
			List<String> rest = List.of(arguments).subList(1, arguments.length);
			Receiver receiver = HandoverType.valueOf(arguments[0]).receiver(commands, rest);
			new ReceiverMain(commands, answers, receiver).serve();
		}
	}

	private void serve() throws IOException {
		for (int command = this.commands.read(); command >= 0; command = this.commands.read()) {
			this.answers.writeDouble(answer(Command.of(command)));
		}
	}

	private double answer(Command command) throws IOException {
		return switch (command) {
			case TAKE_AND_SUM -> takeAndSum();
			case TAKE -> take();
			case TAKE_AND_KEEP -> takeAndKeep();
			case SUM_KEPT -> this.receiver.sum();
			case COLLECT -> collect();
		};
	}

	private double takeAndSum() throws IOException {
		double sum = takeAndKeep();
		this.receiver.forget();
		return sum;
	}

	private double take() throws IOException {
		this.receiver.take();
		double first = this.receiver.first();
		this.receiver.forget();
		return first;
	}

	private double takeAndKeep() throws IOException {
		this.receiver.take();
		return this.receiver.sum();
	}

	private static double collect() {
		System.gc();
		return 0;
	}

}
