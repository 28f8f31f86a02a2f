package io.theus.transaction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.PersistentMap;
import io.theus.outbox.OutboxMessage;
import io.theus.signal.Signal;
import io.theus.state.StateChange;
import io.theus.store.CommitRecord;
import io.theus.store.Verdict;

/**
 * Makes the record of a commit: what was drafted in a transaction gets its version and
 * time.
 */
final class RecordOf {

	private RecordOf() {
	}

	static CommitRecord commit(Transaction transaction, List<StateChange> changes, List<Verdict> verdicts, long version,
			Instant now) {
		return new CommitRecord(version, transaction.origin(), now, changes, signals(transaction.signals(), version),
				messages(transaction.messages(), version, now), transaction.executions(), transaction.orders(),
				verdicts);
	}

	private static List<Signal> signals(List<Signal> drafts, long version) {
		if (drafts.isEmpty()) {
			return List.of();
		}
		List<Signal> signals = new ArrayList<>(drafts.size());
		drafts.forEach((draft) -> signals.add(draft.withCommit(version)));
		return List.copyOf(signals);
	}

	private static List<OutboxMessage> messages(List<OutboxMessage> drafts, long version, Instant now) {
		if (drafts.isEmpty()) {
			return List.of();
		}
		List<OutboxMessage> messages = new ArrayList<>(drafts.size());
		for (OutboxMessage draft : drafts) {
			messages.add(draft.withCommit(version, now));
		}
		return List.copyOf(messages);
	}

	/**
	 * Return what the signals of a commit show in the state.
	 * @param commit the commit
	 * @return the last payload by topic, unmodifiable
	 */
	static Map<String, @Nullable Object> payloads(CommitRecord commit) {
		if (commit.signals().isEmpty()) {
			return Map.of();
		}
		Map<String, @Nullable Object> payloads = new LinkedHashMap<>();
		commit.signals().forEach((signal) -> payloads.put(signal.topic(), signal.payload()));
		return PersistentMap.copyOf(payloads);
	}

}
