package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Collects what the expressions of one step itself refer to, not those in its blocks.
 */
final class StepReferences implements StepVisitor<List<Reference>> {

	private static List<Reference> none() {
		return List.of();
	}

	private static List<Reference> of(@Nullable Condition condition) {
		return (condition != null) ? condition.references() : none();
	}

	private static List<Reference> of(@Nullable Operand operand) {
		return (operand != null) ? operand.references() : none();
	}

	private static List<Reference> both(List<Reference> first, List<Reference> second) {
		List<Reference> both = new ArrayList<>(first);
		both.addAll(second);
		return both;
	}

	@Override
	public List<Reference> process(ProcessStep step) {
		return step.arguments().references();
	}

	@Override
	public List<Reference> choice(IfStep step) {
		List<Reference> references = new ArrayList<>();
		step.branches().forEach((branch) -> references.addAll(branch.condition().references()));
		return references;
	}

	@Override
	public List<Reference> choice(SwitchStep step) {
		return step.value().references();
	}

	@Override
	public List<Reference> loop(WhileStep step) {
		return step.condition().references();
	}

	@Override
	public List<Reference> group(GroupStep step) {
		return none();
	}

	@Override
	public List<Reference> forEach(ForEachStep step) {
		return step.items().references();
	}

	@Override
	public List<Reference> parallel(ParallelStep step) {
		return none();
	}

	@Override
	public List<Reference> workflow(WorkflowStep step) {
		return step.arguments().references();
	}

	@Override
	public List<Reference> call(CallStep step) {
		return both(step.process().references(), step.arguments().references());
	}

	@Override
	public List<Reference> await(WaitStep step) {
		return both(both(of(step.where()), of(step.until())), of(step.timeout()));
	}

	@Override
	public List<Reference> sleep(SleepStep step) {
		return step.duration().references();
	}

	@Override
	public List<Reference> every(EveryStep step) {
		return of(step.until());
	}

	@Override
	public List<Reference> emit(EmitStep step) {
		return step.payload().references();
	}

	@Override
	public List<Reference> returning(ReturnStep step) {
		return step.value().references();
	}

	@Override
	public List<Reference> fail(FailStep step) {
		return step.message().references();
	}

}
