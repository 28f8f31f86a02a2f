package io.theus.sample.matrix;

import java.nio.DoubleBuffer;
import java.util.List;
import java.util.SplittableRandom;

import org.springframework.stereotype.Component;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Process;

/**
 * Two square matrices and their product, in memory that worker processes share. The state
 * has references only.
 *
 * @since 0.1.0
 */
@Component
public class Matrices {

	private final ProcessContext state;

	/**
	 * Create the processes.
	 * @param state the running attempt
	 */
	public Matrices(ProcessContext state) {
		this.state = state;
	}

	/**
	 * Draw new matrices in place of those that are there.
	 * @param size the number of their rows
	 * @param seed what the numbers are drawn from
	 */
	@Process(outputs = { "heavy.left", "heavy.right" })
	public void draw(int size, long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		for (String name : List.of("left", "right")) {
			HeavyArray matrix = this.state.alloc(name, DType.FLOAT64, size, size);
			matrix.map((zero) -> random.nextInt(10));
			this.state.set("heavy." + name, matrix);
		}
	}

	/**
	 * Compute some rows of the product. Called for several ranges at once, this runs on
	 * all processors, whether on threads or in worker processes: it reads what is shared
	 * without copying it, and returns what is new.
	 * @param from the first row
	 * @param to the row after the last one
	 * @return the rows, one after the other
	 */
	@Process(semantic = Semantic.PURE, parallel = true, inputs = { "heavy.left", "heavy.right" })
	public double[] multiply(int from, int to) {
		HeavyArray left = this.state.heavy("left");
		DoubleBuffer right = this.state.heavy("right").doubleBuffer();
		int size = left.shape().get(1).intValue();
		double[] rows = new double[(to - from) * size];
		for (int row = from; row < to; row++) {
			int start = (row - from) * size;
			for (int k = 0; k < size; k++) {
				double factor = left.getDouble((long) row * size + k);
				for (int column = 0; column < size; column++) {
					rows[start + column] += factor * right.get(k * size + column);
				}
			}
		}
		return rows;
	}

	/**
	 * Publish the product in place of the one that is there.
	 * @param size the number of its rows
	 * @param blocks its rows, as {@link #multiply} has returned them, in order
	 * @return the sum of its elements
	 */
	@Process(outputs = "heavy.product")
	public double publish(int size, List<double[]> blocks) {
		HeavyArray product = this.state.alloc("product", DType.FLOAT64, size, size);
		DoubleBuffer target = product.doubleBuffer();
		blocks.forEach(target::put);
		this.state.set("heavy.product", product);
		return product.sum();
	}

}
