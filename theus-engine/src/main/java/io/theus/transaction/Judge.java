package io.theus.transaction;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.audit.AuditException;
import io.theus.audit.Auditor;
import io.theus.audit.Verdicts;
import io.theus.internal.collection.PersistentMap;
import io.theus.state.StateChange;

/**
 * Asks all rules about a state that a commit would make: first those of the processes
 * that run in the transaction, then those that the state must follow whoever writes it.
 */
final class Judge {

	private final CommitRule[] rules;

	private final Auditor auditor;

	Judge(List<CommitRule> rules, Auditor auditor) {
		this.rules = rules.toArray(CommitRule[]::new);
		this.auditor = auditor;
	}

	Auditor auditor() {
		return this.auditor;
	}

	/**
	 * Return whether anything is to be asked about a transaction.
	 * @param transaction the transaction
	 * @return whether there are rules
	 */
	boolean concerns(Transaction transaction) {
		return this.rules.length > 0 || !transaction.gates().isEmpty();
	}

	/**
	 * Ask about a would-be state.
	 * @param transaction who would make it
	 * @param changes what it would change
	 * @param after the content as it would be
	 * @return what the rules have to say, with what they had to say before; {@code null}
	 * for nothing
	 * @throws AuditException if a violation is not tolerated
	 * @throws RuntimeException if another rule does not hold
	 */
	@Nullable Verdicts judge(Transaction transaction, List<StateChange> changes, PersistentMap<Object> after) {
		Verdicts verdicts = askProcesses(transaction, changes, after);
		if (!changes.isEmpty()) {
			for (CommitRule rule : this.rules) {
				rule.check(changes, after);
			}
		}
		return verdicts;
	}

	private @Nullable Verdicts askProcesses(Transaction transaction, List<StateChange> changes,
			PersistentMap<Object> after) {
		Verdicts before = transaction.verdicts();
		AuditException fatal = (before != null) ? before.fatal() : null;
		if (fatal != null) {
			throw fatal;
		}
		if (transaction.gates().isEmpty()) {
			return before;
		}
		Verdicts verdicts = judging(transaction);
		ask(transaction, changes, after, verdicts);
		return verdicts;
	}

	// What is tolerated now is not refused later because of what comes after it
	private void remember(Transaction transaction, Verdicts judged) {
		Verdicts said = transaction.verdicts();
		if (said == null) {
			said = this.auditor.verdicts(transaction.origin());
			transaction.verdicts(said);
		}
		said.remember(judged);
	}

	private Verdicts judging(Transaction transaction) {
		Verdicts before = transaction.verdicts();
		return (before != null) ? before.judging() : this.auditor.verdicts(transaction.origin());
	}

	/**
	 * Ask the rules of the processes of a transaction what they would say by now.
	 * @param transaction the transaction, which goes on
	 * @throws AuditException if a violation is not tolerated
	 */
	void askAlready(Transaction transaction) {
		if (!transaction.gates().isEmpty()) {
			Verdicts judged = judging(transaction);
			ask(transaction, transaction.changes(), transaction.working(), judged);
			if (!judged.isEmpty()) {
				remember(transaction, judged);
			}
		}
	}

	private static void ask(Transaction transaction, List<StateChange> changes, PersistentMap<Object> after,
			Verdicts verdicts) {
		try {
			for (BoundGate gate : transaction.gates()) {
				gate.rules().check(changes, after, verdicts.about(gate.execution()));
			}
		}
		catch (AuditException ex) {
			transaction.refusedWith(verdicts);
			throw ex;
		}
	}

}
