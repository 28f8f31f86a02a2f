package io.theus.spring.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.run.StepVisit;

/**
 * A run as the endpoint shows it.
 *
 * @param id its id
 * @param workflow the name of its workflow
 * @param key the key that it was started under, masked for most callers, {@code null} if
 * it has none
 * @param state where it is in its life
 * @param elapsed the time since its start, until its end if it has ended
 * @param awaitedSignals the topics that it waits for
 * @param incident what an operator has to decide, {@code null} if nothing
 * @param error what it has failed with, {@code null} if it has not
 * @param inputs what it was given, values masked for most callers
 * @param results what its steps have returned, values masked for most callers
 * @param result its own result, masked for most callers
 * @param history the steps that it has visited
 * @param mermaid its workflow as a flowchart, as Mermaid text, with the path that it has
 * taken
 * @since 0.1.0
 */
public record RunDescription(String id, String workflow, @Nullable Object key, RunState state, Duration elapsed,
		List<String> awaitedSignals, @Nullable Undecided incident, @Nullable Failure error,
		Map<String, @Nullable Object> inputs, Map<String, @Nullable Object> results, @Nullable Object result,
		Visits history, String mermaid) {

	static RunDescription of(Run run, Viewer viewer, Page page, String mermaid) {
		ShownParts parts = viewer.parts();
		String where = place(run);
		return new RunDescription(run.id(), run.workflow(), key(run, parts), run.state(), run.elapsed(),
				run.awaitedSignals(), Undecided.of(run, viewer),
				run.error().map((error) -> Failure.of(where, error, viewer)).orElse(null),
				parts.named(where + ".inputs", run.inputs()), parts.named(where + ".results", run.results()),
				parts.value(where + ".result", run.result()), Visits.of(run.history(), page), mermaid);
	}

	static String place(Run run) {
		return "runs." + run.workflow();
	}

	static @Nullable Object key(Run run, ShownParts parts) {
		return run.key().map((key) -> parts.value(place(run) + ".key", key)).orElse(null);
	}

	/**
	 * What an operator has to decide.
	 *
	 * @param step the id of the step that was to be undone
	 * @param process the id of the process that was to undo it
	 * @param error what that has failed with
	 */
	public record Undecided(String step, String process, Failure error) {

		static @Nullable Undecided of(Run run, Viewer viewer) {
			return run.incident()
				.map((incident) -> new Undecided(incident.step(), incident.process(),
						Failure.of(place(run) + ".incident", incident.failure(), viewer)))
				.orElse(null);
		}

	}

	/**
	 * What something has failed with.
	 *
	 * @param type the class of the exception
	 * @param message its message, masked for most callers
	 */
	public record Failure(String type, @Nullable Object message) {

		static Failure of(String where, Throwable error, Viewer viewer) {
			return new Failure(error.getClass().getName(), viewer.freeText(where + ".error", error.getMessage()));
		}

	}

	/**
	 * Some of the steps that a run has visited, the latest first.
	 *
	 * @param total how many visits are known
	 * @param offset how many are left out before these
	 * @param visits the visits
	 */
	public record Visits(int total, int offset, List<StepVisit> visits) {

		static Visits of(List<StepVisit> all, Page page) {
			return new Visits(all.size(), page.offset(), page.ofReversed(all));
		}

	}

}
