package io.theus.parallel;

import java.util.ArrayList;
import java.util.List;

/**
 * How a worker is started. An application that is started through a launcher of its own
 * starts its workers through it, too: {@link WorkerMain} is what must run in the end,
 * with the same arguments.
 *
 * @param java the program that is run
 * @param options options of the virtual machine
 * @param classPath where its classes are
 * @param mainClass the class that is run
 * @param arguments what {@link WorkerMain} is given
 * @since 0.1.0
 */
public record WorkerCommand(String java, List<String> options, String classPath, String mainClass,
		List<String> arguments) {

	/**
	 * Create a command.
	 */
	public WorkerCommand {
		options = List.copyOf(options);
		arguments = List.copyOf(arguments);
	}

	/**
	 * Replace what is run.
	 * @param classPath where its classes are
	 * @param mainClass the class that is run
	 * @return another command
	 */
	public WorkerCommand withMain(String classPath, String mainClass) {
		return new WorkerCommand(this.java, this.options, classPath, mainClass, this.arguments);
	}

	/**
	 * Add options of the virtual machine, which take precedence over those before them.
	 * @param more the options
	 * @return another command
	 */
	public WorkerCommand withOptions(List<String> more) {
		List<String> all = new ArrayList<>(this.options);
		all.addAll(more);
		return new WorkerCommand(this.java, all, this.classPath, this.mainClass, this.arguments);
	}

}
