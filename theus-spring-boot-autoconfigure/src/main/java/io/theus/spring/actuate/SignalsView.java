package io.theus.spring.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.signal.Signal;
import io.theus.signal.SignalHub;

/**
 * Some of the signals that were published of late, as an operator sees them.
 *
 * @param total how many are retained
 * @param offset how many are left out before these
 * @param signals the signals, the latest first
 */
record SignalsView(int total, int offset, List<Published> signals) {

	static SignalsView of(SignalHub hub, @Nullable String topic, Viewer viewer, Page page) {
		ShownParts parts = viewer.parts();
		List<Signal> seen = hub.retained()
			.stream()
			.filter((signal) -> topic == null || topic.isEmpty() || topic.equals(signal.topic()))
			.filter((signal) -> viewer.seesTopic(signal.topic()))
			.toList();
		return new SignalsView(seen.size(), page.offset(),
				page.ofReversed(seen).stream().map((signal) -> Published.of(signal, parts)).toList());
	}

	/**
	 * A signal.
	 *
	 * @param topic what it is about
	 * @param payload what it says, masked for most callers
	 * @param commit the version of the commit that emitted it, {@code null} if none did
	 */
	record Published(String topic, @Nullable Object payload, @Nullable Long commit) {

		static Published of(Signal signal, ShownParts parts) {
			Long commit = (signal.commitVersion() != Signal.NO_COMMIT) ? signal.commitVersion() : null;
			return new Published(signal.topic(), parts.value("signals." + signal.topic(), signal.payload()), commit);
		}

	}

}
