package io.theus.run;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;
import io.theus.internal.yaml.SourcePosition;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessNotFoundException;
import io.theus.process.ProcessRegistry;
import io.theus.workflow.InvalidWorkflowException;
import io.theus.workflow.Name;

/**
 * Says what is wrong with a workflow, and where.
 *
 * @param workflow the name of the workflow
 */
record Problems(String workflow) {

	InvalidWorkflowException at(@Nullable SourcePosition position, String problem) {
		return new InvalidWorkflowException(this.workflow, problem, position, null);
	}

	// What the engine would refuse in each run has a place in the document
	<T> T at(@Nullable SourcePosition position, Class<? extends TheusException> expected, Supplier<T> action) {
		try {
			return action.get();
		}
		catch (TheusException ex) {
			if (!expected.isInstance(ex)) {
				throw ex;
			}
			throw new InvalidWorkflowException(this.workflow, String.valueOf(ex.getMessage()), position, ex);
		}
	}

	ProcessDefinition find(ProcessRegistry processes, Name name) {
		return at(name.position(), ProcessNotFoundException.class, () -> processes.get(name.text()));
	}

}
