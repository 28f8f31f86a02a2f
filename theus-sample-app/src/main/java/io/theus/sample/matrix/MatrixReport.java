package io.theus.sample.matrix;

/**
 * How long a product took.
 *
 * @param size the number of rows of the matrices
 * @param blocks into how many calls the work was divided
 * @param where what ran them: threads or worker processes
 * @param sequentialMillis how long the calls took one after the other
 * @param parallelMillis how long they took side by side
 * @param speedUp how many times as fast that was
 * @param sum the sum of the elements of the product
 * @since 0.1.0
 */
public record MatrixReport(int size, int blocks, String where, long sequentialMillis, long parallelMillis,
		double speedUp, double sum) {

}
