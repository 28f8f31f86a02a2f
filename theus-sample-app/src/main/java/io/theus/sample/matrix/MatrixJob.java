package io.theus.sample.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.theus.engine.TheusEngine;
import io.theus.process.ProcessCall;

/**
 * Computes a product twice, call after call and side by side, and compares.
 *
 * @since 0.1.0
 */
@Service
public class MatrixJob {

	private static final long SEED = 1;

	private final Matrices matrices;

	private final TheusEngine engine;

	/**
	 * Create the job.
	 * @param matrices its steps
	 * @param engine runs them
	 */
	public MatrixJob(Matrices matrices, TheusEngine engine) {
		this.matrices = matrices;
		this.engine = engine;
	}

	/**
	 * Run the job. One job at a time has the matrices.
	 * @param size the number of rows of the matrices
	 * @param blocks into how many calls the work is divided, at most one for each row
	 * @return how long it took
	 */
	public synchronized MatrixReport run(int size, int blocks) {
		this.matrices.draw(size, SEED);
		List<ProcessCall> calls = new ArrayList<>();
		for (int i = 0; i < blocks; i++) {
			calls.add(ProcessCall.of("matrices.multiply", i * size / blocks, (i + 1) * size / blocks));
		}
		// Workers are started when they are first needed, and code is compiled when it
		// was used for a while: that is not what is compared
		sideBySide(calls);
		long start = System.nanoTime();
		List<double[]> sequential = oneByOne(size, blocks);
		long middle = System.nanoTime();
		List<double[]> parallel = sideBySide(calls);
		long end = System.nanoTime();
		if (!Arrays.deepEquals(sequential.toArray(), parallel.toArray())) {
			throw new IllegalStateException("the product depends on who computes it: size=%d".formatted(size));
		}
		double sum = this.matrices.publish(size, parallel);
		return new MatrixReport(size, blocks, this.engine.parallel().mode().name().toLowerCase(Locale.ROOT),
				TimeUnit.NANOSECONDS.toMillis(middle - start), TimeUnit.NANOSECONDS.toMillis(end - middle),
				Math.round(10.0 * (middle - start) / (end - middle)) / 10.0, sum);
	}

	private List<double[]> oneByOne(int size, int blocks) {
		List<double[]> rows = new ArrayList<>();
		for (int i = 0; i < blocks; i++) {
			rows.add(this.matrices.multiply(i * size / blocks, (i + 1) * size / blocks));
		}
		return rows;
	}

	private List<double[]> sideBySide(List<ProcessCall> calls) {
		List<double[]> rows = new ArrayList<>();
		for (CompletableFuture<@Nullable Object> call : this.engine.executeAll(calls)) {
			rows.add((double[]) call.join());
		}
		return rows;
	}

}
