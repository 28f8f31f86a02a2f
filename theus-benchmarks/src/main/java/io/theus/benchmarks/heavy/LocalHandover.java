package io.theus.benchmarks.heavy;

/**
 * No hand-over at all: an array of the heap is summed where it is.
 */
final class LocalHandover implements Handover {

	private final double[] array;

	LocalHandover(int count) {
		this.array = array(count);
	}

	static double[] array(int count) {
		double[] array = new double[count];
		for (int i = 0; i < count; i++) {
			array[i] = Numbers.at(i);
		}
		return array;
	}

	@Override
	public void change(double number) {
		this.array[0] = number;
	}

	@Override
	public double run(Command command) {
		return switch (command) {
			case TAKE_AND_SUM, TAKE_AND_KEEP, SUM_KEPT -> Numbers.sum(this.array);
			case TAKE -> this.array[0];
			case COLLECT -> 0;
		};
	}

	@Override
	public void close() {
	}

}
