package io.theus.store;

import java.time.Instant;
import java.util.List;

import io.theus.outbox.OutboxMessage;
import io.theus.signal.Signal;
import io.theus.state.StateChange;

/**
 * Everything one commit does, under one sequence number. There is no way to change the
 * state without producing one.
 *
 * @param version the sequence number
 * @param origin who committed
 * @param time when
 * @param changes what changed in the state: the smallest parts that differ
 * @param signals what is published after the commit, in order of emission
 * @param messages what is handed to the relay after the commit, in order of sending
 * @param executions what was executed under a key, for those who repeat it
 * @param orders which runs are started and signalled after the commit, in order
 * @param verdicts what audit rules and invariants had to say
 * @since 0.1.0
 */
public record CommitRecord(long version, CommitOrigin origin, Instant time, List<StateChange> changes,
		List<Signal> signals, List<OutboxMessage> messages, List<RecordedExecution> executions, List<RunOrder> orders,
		List<Verdict> verdicts) {

	/**
	 * Create the record of a commit without executions under keys, orders and verdicts.
	 * @param version the sequence number
	 * @param origin who committed
	 * @param time when
	 * @param changes what changed in the state
	 * @param signals what is published after the commit
	 * @param messages what is handed to the relay after the commit
	 */
	public CommitRecord(long version, CommitOrigin origin, Instant time, List<StateChange> changes,
			List<Signal> signals, List<OutboxMessage> messages) {
		this(version, origin, time, changes, signals, messages, List.of(), List.of(), List.of());
	}

}
