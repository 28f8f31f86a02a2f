package io.theus.benchmarks.read;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What is read, and in which order. For one thread.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class ReadState {

	@Param
	ReadingType readingType;

	@Param("100")
	int keys;

	private Draws draws;

	private Reading reading;

	/**
	 * Fill the map.
	 */
	@Setup
	public void open() {
		this.draws = new Draws(this.keys);
		this.reading = this.readingType.open(this.keys, this.draws);
	}

	/**
	 * Release the map.
	 */
	@TearDown
	public void close() {
		this.reading.close();
	}

	long attempt() {
		return this.draws.next(this.reading);
	}

}
