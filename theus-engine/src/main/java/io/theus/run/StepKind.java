package io.theus.run;

import io.theus.workflow.CallStep;
import io.theus.workflow.EmitStep;
import io.theus.workflow.EveryStep;
import io.theus.workflow.FailStep;
import io.theus.workflow.ForEachStep;
import io.theus.workflow.GroupStep;
import io.theus.workflow.IfStep;
import io.theus.workflow.ParallelStep;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.ReturnStep;
import io.theus.workflow.SleepStep;
import io.theus.workflow.StepVisitor;
import io.theus.workflow.SwitchStep;
import io.theus.workflow.WaitStep;
import io.theus.workflow.WhileStep;
import io.theus.workflow.WorkflowStep;

/**
 * Names the kinds of steps as documents do.
 */
final class StepKind implements StepVisitor<String> {

	static final StepKind NAMES = new StepKind();

	private StepKind() {
	}

	@Override
	public String process(ProcessStep step) {
		return "process";
	}

	@Override
	public String choice(IfStep step) {
		return "if";
	}

	@Override
	public String choice(SwitchStep step) {
		return "switch";
	}

	@Override
	public String loop(WhileStep step) {
		return "while";
	}

	@Override
	public String group(GroupStep step) {
		return "run";
	}

	@Override
	public String forEach(ForEachStep step) {
		return "for-each";
	}

	@Override
	public String parallel(ParallelStep step) {
		return "parallel";
	}

	@Override
	public String workflow(WorkflowStep step) {
		return "workflow";
	}

	@Override
	public String call(CallStep step) {
		return "call";
	}

	@Override
	public String await(WaitStep step) {
		return "wait";
	}

	@Override
	public String sleep(SleepStep step) {
		return "sleep";
	}

	@Override
	public String every(EveryStep step) {
		return "every";
	}

	@Override
	public String emit(EmitStep step) {
		return "emit";
	}

	@Override
	public String returning(ReturnStep step) {
		return "return";
	}

	@Override
	public String fail(FailStep step) {
		return "fail";
	}

}
