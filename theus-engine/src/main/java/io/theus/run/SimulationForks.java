package io.theus.run;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.transaction.CommitListener;

/**
 * Makes private engines for simulations, which know nothing of engines themselves.
 * <p>
 * Implementations are safe for use by several threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SimulationForks {

	/**
	 * Fork the newest version. No workflow of the fork is started by its signals, and
	 * nothing that its commits order of runs is carried out.
	 * @param results what stands in for processes: by name of the process, gives the
	 * result for the arguments by name
	 * @param listener hears of each commit of the fork, in commit order, by whoever
	 * commits
	 * @return the fork, to be closed by the caller
	 * @throws io.theus.process.ProcessNotFoundException if a result is given for a
	 * process that does not exist
	 */
	SimulationFork fork(Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results,
			CommitListener listener);

}
