package io.theus.internal.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The memory of this system.
 */
class NamedMemoryTests {

	private final NamedMemory memory = NamedMemory.ofSystem();

	private final String name = "theus-test-" + UUID.randomUUID().toString().substring(0, 8);

	@AfterEach
	void removeMemory() throws FileSystemException {
		this.memory.remove(this.name);
	}

	@Test
	void whoOpensAMemorySeesWhatItsCreatorWrites() throws FileSystemException {
		Region created = this.memory.create(this.name, 100);
		Region opened = this.memory.open(this.name, 100, false);
		created.window(0).putLong(8, 42);
		assertThat(opened.window(0).getLong(8)).isEqualTo(42);
		assertThat(opened.window(0).isReadOnly()).isTrue();
		assertThat(opened.window(0).order()).isEqualTo(ByteOrder.nativeOrder());
		assertThat(created.isWritable()).isTrue();
		assertThat(opened.isWritable()).isFalse();
		this.memory.open(this.name, 50, true).window(0).put(0, (byte) 7);
		assertThat(opened.window(0).get(0)).isEqualTo((byte) 7);
		assertThat(created.bytes()).isEqualTo(100);
		assertThat(created.name()).isEqualTo(this.name);
	}

	@Test
	void nameThatIsTakenOrUnknownIsRefused() throws FileSystemException {
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> this.memory.open(this.name, 1, false));
		Region kept = this.memory.create(this.name, 100);
		assertThatExceptionOfType(FileAlreadyExistsException.class)
			.isThrownBy(() -> this.memory.create(this.name, 100));
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> this.memory.open(this.name, 101, false));
		assertThat(this.memory.remove(this.name)).isTrue();
		assertThat(this.memory.remove(this.name)).isFalse();
		assertThat(kept.window(0).get(99)).isZero();
	}

	@Test
	void moreThanThereIsIsRefusedAndLeavesNoName() {
		assertThatExceptionOfType(NoSpaceException.class).isThrownBy(() -> this.memory.create(this.name, 1L << 45));
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> this.memory.open(this.name, 1, false));
	}

	@Test
	void mappingThatTheSystemRefusesIsAnError() throws FileSystemException {
		this.memory.create(this.name, 100);
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> this.memory.open(this.name, 0, false))
			.withMessageContaining("cannot map memory");
	}

	@Test
	void memoryIsUnmappedWhenNoBufferIsReachableAndNotBefore() throws Exception {
		Path maps = Path.of("/proc/self/maps");
		Assumptions.assumeTrue(Files.exists(maps), "this system does not show what is mapped");
		AtomicBoolean unmapped = new AtomicBoolean();
		ByteBuffer kept = part(unmapped);
		System.gc();
		assertThat(Files.readString(maps)).contains(this.name);
		assertThat(unmapped).isFalse();
		assertThat(kept.get(0)).isZero();
		kept = ByteBuffer.allocate(1);
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(unmapped).isTrue();
		});
		assertThat(Files.readString(maps)).doesNotContain(this.name);
		assertThat(kept.get(0)).isZero();
	}

	private ByteBuffer part(AtomicBoolean unmapped) throws FileSystemException {
		Region region = this.memory.create(this.name, 10_000);
		region.whenUnmapped(() -> unmapped.set(true));
		return region.window(0).slice(5000, 10).duplicate();
	}

	@Test
	void systemSaysHowMuchRoomThereIs() {
		assertThat(this.memory.available()).isNotZero();
		assertThat(this.memory.maxNameLength()).isGreaterThanOrEqualTo(30);
	}

	@Test
	void flavoursAreThoseOfTheHeaders() {
		assertThat(PosixFlavour.LINUX.create | PosixFlavour.LINUX.exclusive).isEqualTo(0xC0);
		assertThat(PosixFlavour.MACOS.create | PosixFlavour.MACOS.exclusive).isEqualTo(0xA00);
		assertThat(PosixFlavour.MACOS.maxNameLength).isEqualTo(30);
	}

}
