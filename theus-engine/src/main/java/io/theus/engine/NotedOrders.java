package io.theus.engine;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.contract.VariableValues;
import io.theus.store.CommitRecord;
import io.theus.transaction.RunDirectory;

/**
 * Orders to runs that are checked, but not carried out: those of a simulation, which
 * finds them in the commits.
 *
 * @param directory checks them
 */
record NotedOrders(RunDirectory directory) implements RunDirectory {

	@Override
	public void checkStart(String workflow, Map<String, @Nullable Object> inputs) {
		this.directory.checkStart(workflow, inputs);
	}

	@Override
	public void checkSignal(String workflow, String signal) {
		this.directory.checkSignal(workflow, signal);
	}

	@Override
	public VariableValues variables() {
		return this.directory.variables();
	}

	@Override
	public Map<String, String> trace() {
		return this.directory.trace();
	}

	@Override
	public void carryOut(CommitRecord commit) {
		// Who hears of the commit has the orders
	}

}
