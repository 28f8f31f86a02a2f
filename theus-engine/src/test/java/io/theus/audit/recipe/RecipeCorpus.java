package io.theus.audit.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Documents, good and bad, with what is to become of each in a file beside it.
 */
public final class RecipeCorpus {

	private static final Path FOLDER = Path.of("src/test/resources/audit");

	private RecipeCorpus() {
	}

	public static List<String> good() throws IOException {
		return documents("good");
	}

	public static List<String> bad() throws IOException {
		return documents("bad");
	}

	private static List<String> documents(String folder) throws IOException {
		try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((file) -> file.endsWith(".yml"))
				.map((file) -> file.substring(0, file.length() - ".yml".length()))
				.sorted()
				.toList();
		}
	}

	public static String read(String folder, String file) throws IOException {
		Path path = FOLDER.resolve(folder).resolve(file);
		return Files.exists(path) ? Files.readString(path) : "there is no file " + path;
	}

}
