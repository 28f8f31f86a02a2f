package io.theus.benchmarks.signals;

import java.util.List;

import io.theus.signal.SignalHub;
import io.theus.signal.Subscription;

/**
 * A hub of signals. Each receiver has a subscription and a thread that reads it.
 */
final class TheusBroadcast implements Broadcast {

	private final SignalHub hub = new SignalHub(ROOM);

	TheusBroadcast(List<Receiver> receivers) {
		for (Receiver receiver : receivers) {
			Subscription subscription = this.hub.subscribe("sig_*");
			Thread thread = new Thread(() -> subscription.forEach((signal) -> receiver.receive(signal.payload())));
			thread.setDaemon(true);
			thread.start();
		}
	}

	@Override
	public void publish(Integer message) {
		this.hub.publish(TOPIC, message);
	}

	@Override
	public void close() {
		this.hub.close();
	}

}
