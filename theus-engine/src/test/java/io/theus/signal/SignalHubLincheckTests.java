package io.theus.signal;

import java.util.List;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Model-checks that publishing and reading signals are linearisable: every interleaving
 * explored must be explained by some order of whole operations.
 */
class SignalHubLincheckTests {

	@Test
	void subscribersSeeEverySignalOnceOrAreToldThatTheyMissedIt() {
		options().threads(3).invocationsPerIteration(150).check(SmallHub.class);
	}

	@Test
	void subscriptionsComeAndGoAtOnce() {
		options().threads(2).invocationsPerIteration(80).check(ChangingHub.class);
	}

	private static ModelCheckingOptions options() {
		return new ModelCheckingOptions().iterations(5).actorsPerThread(2).actorsBefore(1).actorsAfter(3);
	}

	private static String read(@Nullable Subscription subscription) {
		try {
			Signal signal = (subscription != null) ? subscription.poll() : null;
			return (signal != null) ? signal.topic() + " " + signal.payload() + " " + signal.commitVersion() : "none";
		}
		catch (SignalLagException ex) {
			return "missed " + ex.missed();
		}
	}

	/**
	 * Room for two signals, a subscription to all topics and one to some of them. Commits
	 * publish one after the other, as they do in an engine.
	 */
	public static class SmallHub {

		private final SignalHub hub = new SignalHub(2);

		private final Subscription all = this.hub.subscribe("*");

		private final Subscription some = this.hub.subscribe("cmd_*");

		private int version;

		@Operation
		public int publish(@Param(gen = IntGen.class, conf = "1:9") int payload) {
			return this.hub.publish("cmd_a", payload);
		}

		@Operation(nonParallelGroup = "commits")
		public int commit() {
			this.version++;
			this.hub.publishCommitted(List.of(Signal.of("sig_b", 0).withCommit(this.version)));
			return this.version;
		}

		@Operation
		public String readAll() {
			return read(this.all);
		}

		@Operation
		public String readSome() {
			return read(this.some);
		}

		@Operation
		public void close() {
			this.hub.close();
		}

		@Operation
		public boolean isExhausted() {
			return this.all.isExhausted();
		}

	}

	/**
	 * Room for all signals, and subscriptions that begin and end meanwhile.
	 */
	public static class ChangingHub {

		private final SignalHub hub = new SignalHub(16);

		private @Nullable Subscription subscription;

		@Operation
		public void publish(@Param(gen = IntGen.class, conf = "1:9") int payload) {
			this.hub.publishCommitted(List.of(Signal.of("sig_a", payload).withCommit(1)));
		}

		@Operation
		public String recent() {
			StringBuilder payloads = new StringBuilder();
			for (Signal signal : this.hub.recent()) {
				payloads.append(signal.payload()).append(' ');
			}
			return payloads.toString();
		}

		@Operation(nonParallelGroup = "subscriber")
		public boolean subscribe() {
			boolean first = this.subscription == null;
			this.subscription = this.hub.subscribe("sig_*");
			return first;
		}

		@Operation(nonParallelGroup = "subscriber")
		public String poll() {
			return read(this.subscription);
		}

		@Operation(nonParallelGroup = "subscriber")
		public boolean end() {
			if (this.subscription != null) {
				this.subscription.close();
			}
			return this.subscription != null && this.subscription.isExhausted();
		}

	}

}
