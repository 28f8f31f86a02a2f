package io.theus.spring.boot.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

import io.theus.parallel.WorkerCommand;

/**
 * Starts the workers of an application that is one executable jar through the launcher of
 * that jar, because nobody else finds the classes in it.
 */
final class ExecutableJarWorkers implements UnaryOperator<WorkerCommand> {

	private static final String LOADER = "org.springframework.boot.loader.";

	// The one that can be told which class to run
	private static final String LAUNCHER = LOADER + "launch.PropertiesLauncher";

	@Override
	public WorkerCommand apply(WorkerCommand command) {
		if (!isExecutable(command.classPath())) {
			return command;
		}
		return command.withOptions(List.of("-Dloader.main=" + command.mainClass()))
			.withMain(command.classPath(), LAUNCHER);
	}

	private static boolean isExecutable(String classPath) {
		if (classPath.contains(File.pathSeparator) || !new File(classPath).isFile()) {
			return false;
		}
		try (JarFile jar = new JarFile(classPath)) {
			Manifest manifest = jar.getManifest();
			String main = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) : null;
			return main != null && main.startsWith(LOADER);
		}
		catch (IOException ex) {
			// Whoever runs it says what is wrong with it
			return false;
		}
	}

}
