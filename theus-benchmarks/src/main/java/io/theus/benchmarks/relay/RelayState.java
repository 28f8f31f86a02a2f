package io.theus.benchmarks.relay;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * A candidate, a broker in the same JVM, and the check of what the broker has got.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class RelayState {

	private static final int PARTITIONS = 4;

	@Param
	RelayingType relayingType;

	@Param("100000")
	int messages;

	@Param("1000")
	int keys;

	private EmbeddedKafkaKraftBroker broker;

	private Relaying relaying;

	private Arrivals arrivals;

	private int sent;

	/**
	 * Start the broker and the candidate.
	 */
	@Setup(Level.Trial)
	public void open() {
		this.broker = new EmbeddedKafkaKraftBroker(1, PARTITIONS, Relaying.TOPIC);
		this.broker.afterPropertiesSet();
		this.relaying = this.relayingType.open(broker());
		this.arrivals = new Arrivals(broker(), this.keys);
	}

	void send() {
		this.relaying.send(this.sent, this.messages, this.keys);
		this.sent += this.messages;
	}

	/**
	 * Check that the broker has what was sent, in order.
	 */
	@TearDown(Level.Invocation)
	public void verify() {
		verify(this.sent);
	}

	void verify(int expected) {
		this.arrivals.verify(expected);
	}

	String broker() {
		return this.broker.getBrokersAsString();
	}

	/**
	 * Stop the candidate and the broker.
	 */
	@TearDown(Level.Trial)
	public void close() {
		this.arrivals.close();
		this.relaying.close();
		this.broker.destroy();
	}

}
