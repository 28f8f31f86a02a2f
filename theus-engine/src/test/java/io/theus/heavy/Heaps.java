package io.theus.heavy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.theus.internal.memory.NamedMemory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes heaps with a registry of their own, and fails a test that leaves anything in the
 * memory of the system.
 */
public final class Heaps implements BeforeEachCallback, AfterEachCallback {

	static final Path SHARED = Path.of("/dev/shm");

	private final List<HeavyHeap> open = new ArrayList<>();

	private Path directory = Path.of("");

	private String prefix = "";

	@Override
	public void beforeEach(ExtensionContext context) throws IOException {
		this.prefix = "test" + UUID.randomUUID().toString().substring(0, 8);
		this.directory = Files.createTempDirectory("theus-heavy-test");
	}

	Path directory() {
		return this.directory;
	}

	String session(String name) {
		return this.prefix + name;
	}

	HeavySettings settings(String name, long capacity) {
		return new HeavySettings(session(name), capacity, this.directory.resolve("registry"), Duration.ofHours(1));
	}

	HeavyHeap heap() {
		return heap("a", 64L << 20);
	}

	HeavyHeap heap(String name, long capacity) {
		return keep(HeavyHeap.open(settings(name, capacity)));
	}

	HeavyHeap heap(String name, HeavyAccessListener listener, Function<String, @Nullable HeavyUse> current) {
		return keep(HeavyHeap.open(settings(name, 64L << 20), listener, current));
	}

	HeavyHeap heap(String name, NamedMemory memory) {
		return keep(
				new HeavyHeap(settings(name, 64L << 20), HeavyAccessListener.NONE, (key) -> null, () -> memory, null));
	}

	HeavyHeap keep(HeavyHeap heap) {
		this.open.add(heap);
		return heap;
	}

	List<String> registered() throws IOException {
		Path file = this.directory.resolve("registry").resolve("heavy.registry");
		return Files.exists(file) ? Files.readAllLines(file) : List.of();
	}

	// What of this test is in the memory of the system
	List<String> shared() throws IOException {
		if (!Files.isDirectory(SHARED)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(SHARED)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.contains(this.prefix))
				.sorted()
				.toList();
		}
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		this.open.forEach(HeavyHeap::close);
		assertThat(shared()).as("left in " + SHARED).isEmpty();
		try (Stream<Path> files = Files.walk(this.directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

}
