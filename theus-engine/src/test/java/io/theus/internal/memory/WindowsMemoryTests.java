package io.theus.internal.memory;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is asked of Windows, and what is made of its answers, with a stand-in for the
 * system that keeps named mappings while there are handles.
 */
class WindowsMemoryTests {

	private final Mappings system = new Mappings();

	private final WindowsMemory memory = new WindowsMemory(this.system);

	@Test
	void memoryIsFoundByItsNameWhileItsCreatorKeepsIt() throws FileSystemException {
		Region created = this.memory.create("theus-a", 100);
		Region opened = this.memory.open("theus-a", 100, false);
		created.window(0).put(3, (byte) 9);
		assertThat(opened.window(0).get(3)).isEqualTo((byte) 9);
		assertThat(opened.window(0).isReadOnly()).isTrue();
		assertThat(this.system.sizes).containsEntry("Local\\theus-a", 100L);
		assertThat(this.system.handles).hasSize(1);
		assertThat(this.memory.remove("theus-a")).isTrue();
		assertThat(this.memory.remove("theus-a")).isFalse();
		assertThat(this.system.handles).isEmpty();
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> this.memory.open("theus-a", 1, true))
			.withMessageContaining("cannot open memory: error=2");
	}

	@Test
	void nameThatIsTakenIsRefusedAndItsHandleClosed() throws FileSystemException {
		this.memory.create("theus-a", 100);
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> this.memory.create("theus-a", 100))
			.withMessageContaining("error=183");
		assertThat(this.system.handles).hasSize(1);
	}

	@Test
	void sizeIsHandedOverInTwoHalves() {
		this.system.error = 1455;
		assertThatExceptionOfType(NoSpaceException.class)
			.isThrownBy(() -> this.memory.create("theus-a", (5L << 32) + 6))
			.withMessageContaining("error=1455");
		assertThat(this.system.asked).containsExactly((5L << 32) + 6);
		assertThat(this.system.handles).isEmpty();
	}

	@Test
	void handleOfAViewThatFailsIsClosed() {
		this.system.mapFails = true;
		assertThatExceptionOfType(NoSpaceException.class).isThrownBy(() -> this.memory.create("theus-a", 100))
			.withMessageContaining("cannot map memory: error=8");
		assertThat(this.system.handles).isEmpty();
	}

	@SuppressWarnings("checkstyle:methodname")
	private static final class Mappings implements Kernel32 {

		private final Map<String, Memory> named = new HashMap<>();

		private final Map<String, Long> sizes = new HashMap<>();

		private final Map<Pointer, String> names = new HashMap<>();

		private final Set<Pointer> handles = new HashSet<>();

		private final List<Long> asked = new ArrayList<>();

		private int error;

		private boolean mapFails;

		private long next = 4096;

		@Override
		public @Nullable Pointer CreateFileMappingW(Pointer file, @Nullable Pointer attributes, int protection,
				int sizeHigh, int sizeLow, WString name) {
			assertThat(Pointer.nativeValue(file)).isEqualTo(-1);
			assertThat(protection).isEqualTo(4);
			long bytes = ((long) sizeHigh << 32) | (sizeLow & 0xFFFF_FFFFL);
			this.asked.add(bytes);
			if (this.error != 0) {
				Native.setLastError(this.error);
				return null;
			}
			boolean known = this.named.containsKey(name.toString());
			if (!known) {
				Memory memory = new Memory(bytes);
				memory.clear();
				this.named.put(name.toString(), memory);
				this.sizes.put(name.toString(), bytes);
			}
			Pointer handle = handle(name.toString());
			Native.setLastError(known ? 183 : 0);
			return handle;
		}

		private Pointer handle(String name) {
			Pointer handle = new Pointer(this.next++);
			this.handles.add(handle);
			this.names.put(handle, name);
			return handle;
		}

		@Override
		public @Nullable Pointer OpenFileMappingW(int access, boolean inherited, WString name) {
			if (!this.named.containsKey(name.toString())) {
				Native.setLastError(2);
				return null;
			}
			return handle(name.toString());
		}

		@Override
		public @Nullable Pointer MapViewOfFile(Pointer mapping, int access, int offsetHigh, int offsetLow, long bytes) {
			if (this.mapFails) {
				Native.setLastError(8);
				return null;
			}
			return this.named.get(this.names.get(mapping));
		}

		@Override
		public boolean UnmapViewOfFile(Pointer address) {
			return true;
		}

		@Override
		public boolean CloseHandle(Pointer handle) {
			assertThat(this.handles.remove(handle)).isTrue();
			String name = this.names.remove(handle);
			if (!this.names.containsValue(name)) {
				this.named.remove(name);
			}
			return true;
		}

	}

}
