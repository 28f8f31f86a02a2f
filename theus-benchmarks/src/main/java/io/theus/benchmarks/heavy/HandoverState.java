package io.theus.benchmarks.heavy;

import java.io.IOException;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A candidate with its receiver, and the check of the receiver's answers.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class HandoverState {

	@Param
	HandoverType handoverType;

	@Param
	Command command;

	@Param("200")
	int megabytes;

	private Handover handover;

	private double first;

	private double answer;

	/**
	 * Fill the array and start the receiver.
	 * @throws IOException if that fails
	 */
	@Setup(Level.Trial)
	public void open() throws IOException {
		this.handover = this.handoverType.open(Numbers.count(this.megabytes));
		if (this.command == Command.SUM_KEPT) {
			this.handover.run(Command.TAKE_AND_KEEP);
		}
	}

	/**
	 * Change the array, so that no answer is right twice.
	 */
	@Setup(Level.Invocation)
	public void change() {
		this.first++;
		this.handover.change(this.first);
	}

	double run() throws IOException {
		this.answer = this.handover.run(this.command);
		return this.answer;
	}

	/**
	 * Check that the receiver has got the array as it is now. Let it collect its garbage,
	 * so that what was mapped once is not there for the next time.
	 * @throws IOException if the receiver has ended
	 */
	@TearDown(Level.Invocation)
	public void verify() throws IOException {
		check();
		this.handover.run(Command.COLLECT);
	}

	void check() {
		double rest = (this.command == Command.TAKE) ? 0 : Numbers.sum(Numbers.count(this.megabytes));
		if (this.answer != rest + this.first) {
			throw new IllegalStateException(
					"receiver has got something else: expected=%s, answer=%s, do not count this measurement"
						.formatted(rest + this.first, this.answer));
		}
	}

	/**
	 * End the receiver.
	 * @throws IOException if that fails
	 */
	@TearDown(Level.Trial)
	public void close() throws IOException {
		this.handover.close();
	}

}
