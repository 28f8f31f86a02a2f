package io.theus.spring.observation;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

import io.theus.telemetry.ThreadBound;
import io.theus.telemetry.ThreadContext;

/**
 * Takes along whatever is registered to be propagated from thread to thread: the current
 * observation, and what the application and its libraries have registered.
 *
 * @since 0.1.0
 */
public final class PropagatedContext implements ThreadContext {

	private final ContextSnapshotFactory snapshots;

	/**
	 * Create a context.
	 * @param snapshots takes what is bound to a thread
	 */
	public PropagatedContext(ContextSnapshotFactory snapshots) {
		this.snapshots = snapshots;
	}

	@Override
	public ThreadBound capture() {
		ContextSnapshot snapshot = this.snapshots.captureAll();
		return () -> snapshot.setThreadLocals()::close;
	}

}
