package io.theus.heavy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.theus.DType;
import io.theus.internal.memory.NamedMemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who is taken for dead, and what happens to what they have left.
 */
class RegistryTests {

	@RegisterExtension
	final Heaps heaps = new Heaps();

	private final OwnerProcess self = OwnerProcess.current();

	// Memory as somebody has left it, and its line
	private String leave(String session, OwnerProcess owner) throws IOException {
		String segment = "theus-%s-%d".formatted(this.heaps.session(session), System.nanoTime());
		NamedMemory.ofSystem().create(segment, 100);
		write(new RegistryLine(this.heaps.session(session), owner, segment, 100).format());
		return segment;
	}

	private void write(String line) {
		file().edit((lines) -> {
			List<String> all = new ArrayList<>(lines);
			all.add(line);
			return all;
		});
	}

	private RegistryFile file() {
		return new RegistryFile(this.heaps.directory().resolve("registry"));
	}

	private static long pidOfNobody() {
		long pid = 4_000_000;
		while (ProcessHandle.of(pid).isPresent()) {
			pid--;
		}
		return pid;
	}

	@Test
	void memoryOfDeadOwnersIsReclaimedAtTheStart() throws IOException {
		leave("gone", new OwnerProcess(pidOfNobody(), this.self.start(), this.self.namespace()));
		leave("restarted", new OwnerProcess(this.self.pid(), "t1:" + "0".repeat(8), this.self.namespace()));
		leave("closed", this.self);
		HeavyHeap heap = this.heaps.heap();
		assertThat(this.heaps.shared()).isEmpty();
		assertThat(this.heaps.registered()).isEmpty();
		assertThat(heap.status().reclaimed()).isEqualTo(3);
	}

	@Test
	void memoryOfLivingOwnersAndOtherNamespacesIsLeftAlone() throws IOException {
		HeavyHeap living = this.heaps.heap("living", 1 << 20);
		String own = living.alloc("x", DType.INT8, 10).descriptor().segment();
		String parent = leave("parent",
				new OwnerProcess(ProcessHandle.current().parent().orElseThrow().pid(), "", this.self.namespace()));
		String foreign = leave("foreign", new OwnerProcess(pidOfNobody(), this.self.start(), "pid:[1]"));
		assertThat(this.heaps.heap().status().reclaimed()).isZero();
		assertThat(this.heaps.shared()).containsExactlyInAnyOrder(own, parent, foreign);
		assertThat(this.heaps.registered()).hasSize(3);
		NamedMemory.ofSystem().remove(parent);
		NamedMemory.ofSystem().remove(foreign);
	}

	@Test
	void lineWithoutMemoryIsDropped() throws IOException {
		String segment = leave("gone", new OwnerProcess(pidOfNobody(), this.self.start(), this.self.namespace()));
		NamedMemory.ofSystem().remove(segment);
		assertThat(this.heaps.heap().status().reclaimed()).isZero();
		assertThat(this.heaps.registered()).isEmpty();
	}

	@Test
	void linesThatAreNotUnderstoodAreLeftAsTheyAre() throws IOException {
		OwnerProcess dead = new OwnerProcess(pidOfNobody(), this.self.start(), this.self.namespace());
		String good = new RegistryLine("s", dead, "theus-x", 100).format();
		List<String> strange = List.of("", "something else", good.substring(0, good.length() - 12),
				good.replace("theus-x", "theus-y"), good.replaceFirst("1", "2"), "\u0000\u00ff\t\t\t",
				"1\ts\tx\ty\tz\ttheus-x\t100\t0");
		for (String line : strange) {
			write(line);
		}
		leave("gone", dead);
		HeavyHeap heap = this.heaps.heap();
		assertThat(heap.status().reclaimed()).isEqualTo(1);
		heap.alloc("x", DType.INT8, 10).close();
		List<String> lines = new ArrayList<>();
		file().edit((all) -> {
			lines.addAll(all);
			return all;
		});
		assertThat(lines).containsExactlyElementsOf(strange);
	}

	@Test
	void registryNeverNamesAnythingButHeavyMemory() {
		String line = new RegistryLine("s", this.self, "../../etc/passwd", 100).format();
		assertThat(RegistryLine.parse(line)).isNull();
		RegistryLine odd = new RegistryLine("tab\tand\nline ä", this.self, "theus-x", 100);
		assertThat(RegistryLine.parse(odd.format())).isEqualTo(odd);
	}

	@Test
	void reusedPidIsRecognisedByTheStart() {
		assertThat(this.self.isDead()).isFalse();
		String earlier = this.self.start().startsWith("t") ? "t1:x" : "m1";
		assertThat(new OwnerProcess(this.self.pid(), earlier, this.self.namespace()).isDead()).isTrue();
		assertThat(new OwnerProcess(this.self.pid(), "", this.self.namespace()).isDead()).isFalse();
		assertThat(OwnerProcess.mayBeSame("m100000", "m101999")).isTrue();
		assertThat(OwnerProcess.mayBeSame("m100000", "m102001")).isFalse();
		assertThat(OwnerProcess.mayBeSame("m100000", "t5:x")).isTrue();
		assertThat(OwnerProcess.mayBeSame("t5:x", "t5:y")).isFalse();
	}

	@Test
	void startIsReadBehindTheNameOfTheProgram() {
		String fields = " S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20 21";
		assertThat(OwnerProcess.ticks("12 (a) b) (c)" + fields, "boot")).isEqualTo("t4711:boot");
		assertThat(OwnerProcess.ticks("12 (java)" + fields.replace(" S ", " Z "), "boot")).isNull();
	}

	@Test
	void nameIsRecordedBeforeThereIsMemoryAndUntilThereIsNone() throws IOException {
		List<String> seen = new ArrayList<>();
		HeavyHeap heap = this.heaps.heap("a", new WatchedMemory(NamedMemory.ofSystem(), (action, name) -> {
			try {
				boolean recorded = this.heaps.registered().stream().anyMatch((line) -> line.contains(name));
				seen.add(action + " " + recorded);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}));
		heap.alloc("x", DType.INT8, 10).close();
		assertThat(seen).containsExactly("create true", "remove true");
		assertThat(this.heaps.registered()).isEmpty();
	}

	@Test
	void lostRegistryIsWrittenAgain() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		heap.alloc("x", DType.INT8, 10).fill(1);
		HeavyUse use = heap.begin(0);
		use.alloc("y", DType.INT8, 10);
		Files.delete(this.heaps.directory().resolve("registry").resolve("heavy.registry"));
		assertThat(heap.reclaim()).isZero();
		assertThat(this.heaps.registered()).hasSizeBetween(1, 2);
		use.end(false);
	}

	@Test
	void registryThatCannotBeWrittenRefusesAllocation() throws IOException {
		Path file = Files.createFile(this.heaps.directory().resolve("registry"));
		HeavyHeap heap = this.heaps.heap();
		assertThatExceptionOfType(HeavyRegistryException.class).isThrownBy(() -> heap.alloc("x", DType.INT8, 10))
			.withMessageMatching(
					"registry of heavy memory '%s' cannot be used: reason=FileAlreadyExistsException: .*, make its directory writable for this user only, or set 'theus.heavy.registry-directory'"
						.formatted(file.resolve("heavy.registry")))
			.satisfies((ex) -> assertThat(ex.file()).isEqualTo(file.resolve("heavy.registry")));
		assertThat(this.heaps.shared()).isEmpty();
		assertThat(heap.status().used()).isZero();
	}

	@Test
	void readOnlyDirectoryRefusesAllocation() throws IOException {
		assumePosix();
		Path directory = Files.createDirectory(this.heaps.directory().resolve("registry"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
		Assumptions.assumeFalse(Files.isWritable(directory), "this user may write everywhere");
		HeavyHeap heap = this.heaps.heap();
		assertThatExceptionOfType(HeavyRegistryException.class).isThrownBy(() -> heap.alloc("x", DType.INT8, 10))
			.withMessageContaining("reason=AccessDeniedException");
		assertThat(this.heaps.shared()).isEmpty();
	}

	@Test
	void directoryOfAnotherUserIsNotTrusted() throws IOException {
		assumePosix();
		Path directory = Files.createDirectory(this.heaps.directory().resolve("registry"));
		try {
			Files.setOwner(directory,
					directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
		}
		catch (IOException ex) {
			Assumptions.abort("this user cannot give directories away: " + ex);
		}
		HeavyHeap heap = this.heaps.heap();
		assertThatExceptionOfType(HeavyRegistryException.class).isThrownBy(() -> heap.alloc("x", DType.INT8, 10))
			.withMessageContaining("reason=its directory belongs to another user");
		assertThat(this.heaps.shared()).isEmpty();
	}

	@Test
	void directoryIsForThisUserOnly() throws IOException {
		assumePosix();
		HeavyHeap heap = this.heaps.heap();
		heap.alloc("x", DType.INT8, 10).close();
		assertThat(Files.getPosixFilePermissions(this.heaps.directory().resolve("registry")))
			.isEqualTo(PosixFilePermissions.fromString("rwx------"));
	}

	@Test
	void interruptIsPutOff() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		Thread.currentThread().interrupt();
		heap.alloc("x", DType.INT8, 10).close();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.heaps.registered()).isEmpty();
	}

	@Test
	@Timeout(120)
	void editsOfSeveralThreadsAreNotLost() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		Set<String> expected = Collections.synchronizedSet(new HashSet<>());
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			int number = i;
			all.add(threads.submit(() -> {
				RegistryFile file = file();
				for (int j = 0; j < 50; j++) {
					String line = "line %d %d".formatted(number, j);
					expected.add(line);
					file.edit((lines) -> {
						List<String> more = new ArrayList<>(lines);
						more.add(line);
						return more;
					});
				}
			}));
		}
		for (Future<?> one : all) {
			one.get(100, TimeUnit.SECONDS);
		}
		threads.shutdown();
		assertThat(this.heaps.registered()).hasSize(200).containsExactlyInAnyOrderElementsOf(expected);
	}

	private static void assumePosix() {
		Assumptions.assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
				"files have no owner and permissions of POSIX here");
	}

}
