package io.theus.benchmarks.rules;

import java.util.stream.IntStream;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A candidate and orders that keep its rules.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class RulesState {

	private static final int ORDERS = 1024;

	@Param
	RulesType rulesType;

	private final CheckedOrder[] orders = IntStream.range(0, ORDERS)
		.mapToObj((number) -> CheckedOrder.valid(number * 7919))
		.toArray(CheckedOrder[]::new);

	private Rules rules;

	private int next;

	/**
	 * Create the candidate, and check that it has all rules.
	 */
	@Setup(Level.Trial)
	public void open() {
		this.rules = this.rulesType.open();
		int found = this.rules.violations(CheckedOrder.broken());
		if (found != Rules.COUNT) {
			throw new IllegalStateException("rules are missing: found=%d, expected=%d, do not count this measurement"
				.formatted(found, Rules.COUNT));
		}
	}

	int check() {
		this.next = (this.next + 1) % ORDERS;
		int found = this.rules.violations(this.orders[this.next]);
		if (found != 0) {
			throw new IllegalStateException(
					"order keeps its rules but %d are broken, do not count this measurement".formatted(found));
		}
		return found;
	}

}
