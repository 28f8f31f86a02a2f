package io.theus.process;

import java.util.List;

import io.theus.Propagation;
import io.theus.Semantic;
import io.theus.contract.BoundContract;
import io.theus.contract.Contract;
import io.theus.contract.ContractViolationException;
import io.theus.transaction.Frame;

/**
 * Checks whether what is running may call a process, whether that joins or is executed
 * apart.
 */
final class Calls {

	private final ProcessRegistry processes;

	Calls(ProcessRegistry processes) {
		this.processes = processes;
	}

	void check(Frame caller, ProcessDefinition process) {
		if (isPure(caller)) {
			checkPure(caller, process);
		}
		if (caller.scope().guard() instanceof BoundContract contract) {
			checkDeclared(contract.contract(), process);
		}
		if (process.contract().hasSideEffects()) {
			checkSideEffects(caller, process);
		}
	}

	static boolean isPure(Frame frame) {
		return frame.scope().guard() instanceof BoundContract caller && caller.semantic() == Semantic.PURE;
	}

	private static void checkPure(Frame caller, ProcessDefinition process) {
		if (process.contract().semantic() != Semantic.PURE) {
			throw violation(caller, process,
					"call of '%s' by process '%s' is refused: a PURE process calls PURE processes only, called=%s"
						.formatted(process.id(), caller.name(), process.contract().semantic()));
		}
		boolean commits = process.propagation() == Propagation.REQUIRES_NEW && !process.contract().outputs().isEmpty();
		if (commits) {
			throw violation(caller, process,
					"call of '%s' by process '%s' is refused: it would commit its outputs=%s on its own, and what a PURE process calls has no effect, remove propagation = REQUIRES_NEW or the outputs"
						.formatted(process.id(), caller.name(), process.contract().spec().outputs()));
		}
	}

	// Names make a complete list; without any, only what touches the outside must be
	// named
	private void checkDeclared(Contract caller, ProcessDefinition process) {
		List<String> declared = caller.spec().calls();
		boolean outside = process.contract().hasSideEffects();
		if (declared.isEmpty() && !outside) {
			return;
		}
		for (String name : declared) {
			if (this.processes.means(name, process)) {
				return;
			}
		}
		caller.use().calledUndeclared(process.id());
		if (caller.spec().strict()) {
			String reason = outside ? "it has sideEffects=%s, ".formatted(process.contract().spec().sideEffects()) : "";
			String remedy = (outside && !caller.hasSideEffects()) ? " and declare sideEffects" : "";
			throw new ContractViolationException(
					"call of '%s' is not declared by process '%s': declared=%s, %sadd it to calls%s"
						.formatted(process.id(), caller.process(), declared, reason, remedy),
					caller.process(), process.id(), declared);
		}
	}

	// What touches the outside is never run twice because of a conflict, also not as a
	// part of something that is
	private static void checkSideEffects(Frame caller, ProcessDefinition process) {
		BoundContract contract = (caller.scope().guard() instanceof BoundContract bound) ? bound : null;
		boolean declared = contract == null || contract.contract().hasSideEffects();
		if (!declared || caller.repeatable()) {
			throw violation(caller, process,
					"call of '%s' by %s is refused: it has sideEffects=%s and would be run again with its caller, %s"
						.formatted(process.id(),
								(contract != null) ? "process '" + caller.name() + "'" : caller.scope().origin(),
								process.contract().spec().sideEffects(),
								declared ? "run the transaction with one attempt"
										: "declare sideEffects of the caller too"));
		}
	}

	private static ContractViolationException violation(Frame caller, ProcessDefinition process, String message) {
		return new ContractViolationException(message, caller.name(), process.id(), List.of());
	}

}
