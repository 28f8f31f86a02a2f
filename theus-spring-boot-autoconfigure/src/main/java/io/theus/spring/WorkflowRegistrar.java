package io.theus.spring;

import java.util.List;
import java.util.function.Supplier;

import org.springframework.beans.factory.SmartInitializingSingleton;

import io.theus.engine.TheusEngine;
import io.theus.process.ProcessDefinition;
import io.theus.workflow.Workflow;

/**
 * Registers workflows when all processes have been registered, which checks them.
 *
 * @since 0.1.0
 */
public final class WorkflowRegistrar implements SmartInitializingSingleton {

	private final TheusEngine engine;

	private final ProcessRegistrar processes;

	private final Supplier<List<Workflow>> workflows;

	/**
	 * Create a registrar.
	 * @param engine where workflows are registered
	 * @param processes registers what workflows call
	 * @param workflows gives the definitions
	 */
	public WorkflowRegistrar(TheusEngine engine, ProcessRegistrar processes, Supplier<List<Workflow>> workflows) {
		this.engine = engine;
		this.processes = processes;
		this.workflows = workflows;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.processes.afterSingletonsInstantiated();
		this.engine.workflows().addAll(this.workflows.get());
		this.engine.processes().checkStarts(this.engine.workflows().names());
		this.engine.invariants()
			.checkNames(this.engine.processes().all().stream().map(ProcessDefinition::id).toList(),
					this.engine.workflows().names());
	}

}
