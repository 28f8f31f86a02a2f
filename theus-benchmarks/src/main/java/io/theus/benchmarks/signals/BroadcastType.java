package io.theus.benchmarks.signals;

import java.util.List;

/**
 * The candidates that broadcast.
 *
 * @since 0.1.0
 */
public enum BroadcastType {

	/** Subscriptions of Theus. */
	THEUS,

	/** A sink of Reactor, its subscribers on threads of their own. */
	REACTOR,

	/** The publisher of the JDK. */
	SUBMISSION_PUBLISHER,

	/** Events of a Spring application context. */
	SPRING_EVENTS,

	/** The event bus of Guava. */
	GUAVA,

	/** A sink of Reactor, its subscribers on the thread of the publisher. */
	REACTOR_DIRECT;

	Broadcast open(List<Receiver> receivers) {
		return switch (this) {
			case THEUS -> new TheusBroadcast(receivers);
			case REACTOR -> ReactorBroadcast.handedOver(receivers);
			case SUBMISSION_PUBLISHER -> new SubmissionBroadcast(receivers);
			case SPRING_EVENTS -> new SpringBroadcast(receivers);
			case GUAVA -> new GuavaBroadcast(receivers);
			case REACTOR_DIRECT -> ReactorBroadcast.direct(receivers);
		};
	}

}
