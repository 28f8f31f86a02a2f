package io.theus.heavy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.theus.DType;
import io.theus.HeavyArray;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program in Python that attaches by name, with its standard library only.
 */
class PythonTests {

	private static final Map<DType, String> FORMATS = Map.of(DType.INT8, "b", DType.UINT8, "B", DType.INT16, "h",
			DType.UINT16, "H", DType.INT32, "i", DType.UINT32, "I", DType.INT64, "q", DType.FLOAT32, "f", DType.FLOAT64,
			"d");

	@RegisterExtension
	final Heaps heaps = new Heaps();

	@ParameterizedTest
	@CsvSource({ "mmap,FLOAT64", "mmap,FLOAT32", "mmap,INT64", "mmap,UINT32", "mmap,INT16", "mmap,UINT8",
			"shared_memory,FLOAT64", "shared_memory,UINT16", "shared_memory,INT8", "shared_memory,INT32" })
	void pythonReadsAndWritesTheSameNumbers(String way, DType dtype) throws Exception {
		Assumptions.assumeTrue(runs(List.of("python3", "--version")), "there is no python3 on this machine");
		Assumptions.assumeTrue(!way.equals("mmap") || Files.isDirectory(Heaps.SHARED),
				"names of shared memory are no files here");
		HeavyArray array = this.heaps.heap().alloc("frame", dtype, 4, 5);
		for (int i = 0; i < 20; i++) {
			array.setLong(i, i);
		}
		Path program = this.heaps.directory().resolve("attach.py");
		try (var source = PythonTests.class.getResourceAsStream("attach.py")) {
			Files.copy(source, program);
		}
		String answer = run(List.of("python3", program.toString(), way, array.descriptor().segment(),
				Long.toString(array.descriptor().bytes()), FORMATS.get(dtype), "3"));
		assertThat(Double.parseDouble(answer)).isEqualTo(190);
		assertThat(array.sum()).isEqualTo(570);
		assertThat(array.getLong(19)).isEqualTo(57);
		assertThat(this.heaps.shared()).containsExactly(array.descriptor().segment());
	}

	private static boolean runs(List<String> command) throws InterruptedException {
		try {
			return new ProcessBuilder(command).start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String run(List<String> command) throws Exception {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		return output;
	}

}
