package io.theus.run;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.contract.ContractVariables;
import io.theus.contract.VariableValues;
import io.theus.error.LoggedFailure;
import io.theus.store.CommitRecord;
import io.theus.store.RunOrder;
import io.theus.transaction.RunDirectory;

/**
 * Starts and signals runs as commits have ordered.
 */
// What a run begins with is there when the commit returns, so that whoever committed
// finds it; its steps go on elsewhere
final class OrderedRuns implements RunDirectory {

	private static final Logger logger = LoggerFactory.getLogger(OrderedRuns.class);

	private final Workflows workflows;

	private final ContractVariables variables;

	private final RunTelemetry telemetry;

	OrderedRuns(Workflows workflows, ContractVariables variables, RunTelemetry telemetry) {
		this.workflows = workflows;
		this.variables = variables;
		this.telemetry = telemetry;
	}

	@Override
	public void checkStart(String workflow, Map<String, @Nullable Object> inputs) {
		this.workflows.get(workflow).bind(inputs);
	}

	@Override
	public void checkSignal(String workflow, String signal) {
		this.workflows.get(workflow);
	}

	@Override
	public VariableValues variables() {
		return new VariableValues(this.variables).takeAll();
	}

	@Override
	public Map<String, String> trace() {
		return this.telemetry.trace();
	}

	@Override
	public void carryOut(CommitRecord commit) {
		for (RunOrder order : commit.orders()) {
			try {
				carryOut(order);
			}
			catch (RuntimeException ex) {
				logger.error("Order of commit {} to workflow '{}' was not carried out", commit.version(),
						order.workflow(), LoggedFailure.of(ex, logger));
			}
		}
	}

	private void carryOut(RunOrder order) {
		if (order instanceof RunOrder.Start start) {
			this.workflows.start(start);
			return;
		}
		RunOrder.Send send = (RunOrder.Send) order;
		Optional<Run> run = this.workflows.find(send.workflow(), send.key());
		if (run.isEmpty() || !run.get().signal(send.signal(), send.payload())) {
			logger.warn("Signal '{}' found no run of workflow '{}' under its key", send.signal(), send.workflow());
		}
	}

}
