package io.theus.benchmarks.signals;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A multicast sink of Reactor.
 */
final class ReactorBroadcast implements Broadcast {

	private final Sinks.Many<Integer> sink;

	private final List<Scheduler> schedulers = new ArrayList<>();

	private ReactorBroadcast(Sinks.Many<Integer> sink) {
		this.sink = sink;
	}

	/**
	 * Create a sink whose subscribers have a thread each.
	 * @param receivers the subscribers
	 * @return the candidate
	 */
	static ReactorBroadcast handedOver(List<Receiver> receivers) {
		ReactorBroadcast made = new ReactorBroadcast(Sinks.many().multicast().directAllOrNothing());
		receivers.forEach((receiver) -> {
			Scheduler scheduler = Schedulers.newSingle("receiver", true);
			made.schedulers.add(scheduler);
			made.sink.asFlux().publishOn(scheduler, ROOM).subscribe(receiver::receive);
		});
		return made;
	}

	/**
	 * Create a sink whose subscribers are called by the publisher.
	 * @param receivers the subscribers
	 * @return the candidate
	 */
	static ReactorBroadcast direct(List<Receiver> receivers) {
		ReactorBroadcast made = new ReactorBroadcast(Sinks.many().multicast().directAllOrNothing());
		receivers.forEach((receiver) -> made.sink.asFlux().subscribe(receiver::receive));
		return made;
	}

	// Tries again where a receiver has not demanded more yet
	@Override
	public void publish(Integer message) {
		this.sink.emitNext(message, (signal, result) -> result == Sinks.EmitResult.FAIL_OVERFLOW);
	}

	@Override
	public void close() {
		this.sink.tryEmitComplete();
		this.schedulers.forEach(Scheduler::dispose);
	}

}
