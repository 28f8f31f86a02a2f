package io.theus.transaction;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.contract.VariableValues;
import io.theus.error.LoggedFailure;
import io.theus.internal.collection.PersistentMap;
import io.theus.store.CommitRecord;
import io.theus.store.RunOrder;

/**
 * Where the transactions of an engine get rid of what they want of runs. The directory of
 * the workflows comes later than the transactions: until then nothing can be ordered.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RunOrders {

	private static final Logger logger = LoggerFactory.getLogger(RunOrders.class);

	private volatile @Nullable RunDirectory directory;

	/**
	 * Let orders be taken.
	 * @param taker who takes them from now on
	 */
	public void takenBy(RunDirectory taker) {
		this.directory = taker;
	}

	RunOrder start(String workflow, @Nullable String key, PersistentMap<Object> inputs,
			@Nullable VariableValues variables) {
		RunDirectory known = directory(workflow);
		known.checkStart(workflow, inputs);
		return new RunOrder.Start(workflow, key, inputs, (variables != null) ? variables.takeAll() : known.variables(),
				known.trace());
	}

	RunOrder send(String workflow, String key, String signal, @Nullable Object payload) {
		directory(workflow).checkSignal(workflow, signal);
		return new RunOrder.Send(workflow, key, signal, payload);
	}

	private RunDirectory directory(String workflow) {
		RunDirectory known = this.directory;
		if (known == null) {
			throw new IllegalStateException(
					"workflow '%s' cannot be started or signalled: the engine has no workflows yet, wait until it is built"
						.formatted(workflow));
		}
		return known;
	}

	// What was ordered was checked, so there is a directory
	void carryOut(CommitRecord commit) {
		try {
			Objects.requireNonNull(this.directory).carryOut(commit);
		}
		catch (RuntimeException ex) {
			logger.error("Orders to runs failed after commit version={}", commit.version(),
					LoggedFailure.of(ex, logger));
		}
	}

}
