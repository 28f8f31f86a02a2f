package io.theus.spring.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import io.theus.engine.TheusEngine;
import io.theus.run.Run;
import io.theus.run.RunState;

/**
 * The endpoint {@code theusruns}, found at {@code theus/runs}: the runs of workflows, and
 * where access is granted what an operator does with them.
 *
 * <p>
 * Operations of endpoints take only texts, so inputs and payloads are JSON within a text.
 *
 * @since 0.1.0
 */
@Endpoint(id = "theusruns", defaultAccess = Access.READ_ONLY)
public final class RunsEndpoint {

	private final TheusEngine engine;

	private final RunActions actions;

	private final ShownValues values;

	/**
	 * Create the endpoint.
	 * @param engine the engine
	 * @param values decides who sees inputs, results and keys of runs
	 */
	public RunsEndpoint(TheusEngine engine, ShownValues values) {
		this.engine = engine;
		this.actions = new RunActions(engine.workflows());
		this.values = values;
	}

	/**
	 * Give runs.
	 * @param caller who asks
	 * @param workflow only runs of this workflow
	 * @param state only runs in this state
	 * @param key only the run that was started under this key
	 * @param offset how many runs to leave out
	 * @param limit how many runs to give at most, 100 if absent
	 * @return the runs that are known, the last one started first
	 */
	@ReadOperation
	public WebEndpointResponse<?> runs(SecurityContext caller, @Nullable String workflow, @Nullable String state,
			@Nullable String key, @Nullable String offset, @Nullable String limit) {
		return Answer.to(() -> {
			Page page = Page.of(offset, limit);
			RunState wanted = (state != null) ? Parameters.constant("state", state, RunState.class) : null;
			if (workflow != null) {
				this.actions.requireWorkflow(workflow);
			}
			List<Run> found = new ArrayList<>(this.engine.workflows().runs());
			found.removeIf((run) -> (workflow != null && !run.workflow().equals(workflow))
					|| (wanted != null && run.state() != wanted)
					|| (key != null && !key.equals(run.key().orElse(null))));
			Collections.reverse(found);
			ShownParts parts = viewer(caller).parts();
			return new Runs(found.size(), page.offset(),
					page.of(found).stream().map((run) -> Summary.of(run, parts)).toList());
		});
	}

	/**
	 * Give one run.
	 * @param caller who asks
	 * @param id its id
	 * @param offset how many visits of its history to leave out
	 * @param limit how many visits to give at most, 100 if absent
	 * @return the run
	 */
	@ReadOperation
	public WebEndpointResponse<?> run(SecurityContext caller, @Selector String id, @Nullable String offset,
			@Nullable String limit) {
		return Answer.to(() -> {
			Page page = Page.of(offset, limit);
			Run run = this.actions.find(id);
			return RunDescription.of(run, viewer(caller), page, this.engine.workflows().describe(run));
		});
	}

	/**
	 * Start a run, unless there is one under the key already.
	 * @param caller who asks
	 * @param workflow the name of the workflow
	 * @param key identifies the run among those of the workflow
	 * @param inputs what the run is given, by name, a JSON object as text, none if absent
	 * @return the run, new or not
	 */
	@WriteOperation
	public WebEndpointResponse<?> start(SecurityContext caller, @Nullable String workflow, @Nullable String key,
			@Nullable String inputs) {
		return Answer.to(() -> Summary.of(this.actions.start(workflow, key, inputs), viewer(caller).parts()));
	}

	/**
	 * Do something with a run.
	 * @param caller who asks
	 * @param id its id
	 * @param action {@code signal}, {@code pause}, {@code resume}, {@code cancel} or
	 * {@code resolve}
	 * @param topic for {@code signal} the topic
	 * @param payload for {@code signal} the payload, a JSON value as text, {@code null}
	 * if absent
	 * @param resolution for {@code resolve} what to do: {@code retry}, {@code skip} or
	 * {@code fail}
	 * @return the run
	 */
	@WriteOperation
	public WebEndpointResponse<?> act(SecurityContext caller, @Selector String id, @Selector String action,
			@Nullable String topic, @Nullable String payload, @Nullable String resolution) {
		return Answer.to(() -> {
			Run run = this.actions.find(id);
			switch (Parameters.constant("action", action, Action.class)) {
				case SIGNAL -> this.actions.signal(run, topic, payload);
				case PAUSE -> this.actions.pause(run);
				case RESUME -> this.actions.resume(run);
				case CANCEL -> this.actions.cancel(run);
				case RESOLVE -> this.actions.resolve(run, resolution);
			}
			return Summary.of(run, viewer(caller).parts());
		});
	}

	private Viewer viewer(SecurityContext caller) {
		return this.values.to(caller, this.engine.history()::zoneOf);
	}

	/**
	 * What is done with a run.
	 */
	private enum Action {

		SIGNAL, PAUSE, RESUME, CANCEL, RESOLVE

	}

	/**
	 * Some of the runs.
	 *
	 * @param total how many there are
	 * @param offset how many are left out before these
	 * @param runs the runs
	 */
	public record Runs(int total, int offset, List<Summary> runs) {

	}

	/**
	 * A run in short.
	 *
	 * @param id its id
	 * @param workflow the name of its workflow
	 * @param key the key that it was started under, masked for most callers, {@code null}
	 * if it has none
	 * @param state where it is in its life
	 * @param elapsed the time since its start, until its end if it has ended
	 */
	public record Summary(String id, String workflow, @Nullable Object key, RunState state, Duration elapsed) {

		static Summary of(Run run, ShownParts parts) {
			return new Summary(run.id(), run.workflow(), RunDescription.key(run, parts), run.state(), run.elapsed());
		}

	}

}
