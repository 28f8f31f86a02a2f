package io.theus.parallel;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.heavy.HeavyGoneException;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavySettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WorkerPool}: arrays in shared memory.
 */
class WorkerHeavyTests {

	@TempDir
	private Path registry;

	private HeavyHeap heap;

	private HeavyArray array;

	private final WorkerFixture fixture = new WorkerFixture(WorkerFixture.SETTINGS);

	@BeforeEach
	void allocate() {
		this.heap = HeavyHeap.open(HeavySettings.create().withRegistryDirectory(this.registry));
		this.array = this.heap.alloc("frame", DType.FLOAT64, 100, 1000);
		for (long i = 0; i < this.array.size(); i++) {
			this.array.setLong(i, i);
		}
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.heap.close();
	}

	private WorkerCall call(String method) {
		return WorkerFixture.call(WorkerTasks.class, method,
				WorkerFixture.inputs(Map.of("heavy.frame", this.array.descriptor()), "heavy.frame"));
	}

	@Test
	void argumentShowsTheSameNumbers() {
		assertThat(this.fixture.call("sum", this.array)).isEqualTo(this.array.sum());
		assertThat(this.fixture.call("sum", this.array.row(3))).isEqualTo(this.array.row(3).sum());
		this.array.setDouble(0, 0.5);
		assertThat(this.fixture.call("sum", this.array)).isEqualTo(this.array.sum());
	}

	@Test
	void contextMapsAReference() {
		assertThat(this.fixture.call(call("sumOfInput"))).isEqualTo(this.array.sum());
	}

	@Test
	void numbersAreReadOnly() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.fixture.call("fill", this.array))
			.withMessageContaining("read-only");
		assertThat(this.array.getDouble(1)).isOne();
	}

	@Test
	void workerAllocatesNothing() {
		assertThatExceptionOfType(WorkerContextException.class).isThrownBy(() -> this.fixture.call(call("allocate")))
			.withMessageStartingWith(
					"alloc of 'other' is refused: the context of process 'tasks.allocate' is read-only");
	}

	@Test
	void viewCannotBeReturnedButItsDescriptorCan() {
		assertThatExceptionOfType(TransportException.class).isThrownBy(() -> this.fixture.call("echo", this.array))
			.withMessageContaining("type=HeavyArray, only the engine allocates arrays, return numbers or a descriptor");
		assertThat(this.fixture.call(call("descriptor"))).isEqualTo(this.array.descriptor());
	}

	@Test
	void viewEndsWithTheCall() {
		this.fixture.call("keep", this.array);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.fixture.call("useKept"));
	}

	@Test
	void freedArrayIsGone() {
		HeavyDescriptor gone = this.array.descriptor();
		WorkerCall call = call("sumOfInput");
		this.heap.free(this.array);
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> this.fixture.call(call))
			.satisfies((ex) -> assertThat(ex.descriptor()).isEqualTo(gone));
	}

}
