package io.theus.spring.boot.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.theus.parallel.WorkerCommand;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutableJarWorkersTests {

	private final ExecutableJarWorkers workers = new ExecutableJarWorkers();

	@TempDir
	private Path directory;

	@Test
	void executableJarStartsWorkersThroughItsLauncher() throws IOException {
		String jar = jar("org.springframework.boot.loader.launch.JarLauncher");
		assertThat(this.workers.apply(command(jar)))
			.isEqualTo(new WorkerCommand("java", List.of("-Xmx1m", "-Dloader.main=worker.Main"), jar,
					"org.springframework.boot.loader.launch.PropertiesLauncher", List.of("factory")));
	}

	@Test
	void otherClassPathsAreLeftAsTheyAre() throws IOException {
		String plain = jar("shop.Application");
		String broken = Files.writeString(this.directory.resolve("broken.jar"), "no jar").toString();
		String several = jar("org.springframework.boot.loader.launch.JarLauncher") + File.pathSeparator + plain;
		for (String classPath : List.of(plain, jar(null), broken, several, "absent.jar", this.directory.toString())) {
			assertThat(this.workers.apply(command(classPath))).isEqualTo(command(classPath));
		}
	}

	private static WorkerCommand command(String classPath) {
		return new WorkerCommand("java", List.of("-Xmx1m"), classPath, "worker.Main", List.of("factory"));
	}

	private String jar(@Nullable String main) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		if (main != null) {
			manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
		}
		Path file = Files.createTempFile(this.directory, "app", ".jar");
		try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out, manifest)) {
			jar.flush();
		}
		return file.toString();
	}

}
