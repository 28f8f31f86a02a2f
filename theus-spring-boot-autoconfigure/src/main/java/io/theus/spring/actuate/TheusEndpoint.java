package io.theus.spring.actuate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import io.theus.engine.TheusEngine;
import io.theus.error.Suggestions;
import io.theus.outbox.OutboxStatus;
import io.theus.process.ProcessDefinition;
import io.theus.state.State;

/**
 * The endpoint {@code theus}: a summary, the processes with what they declare and really
 * use, the state and its history, the workflows, what conflicts and what the audit has
 * found, the latest signals, the memory of arrays, and where access is granted what an
 * operator does with an engine.
 *
 * @since 0.1.0
 */
@Endpoint(id = "theus", defaultAccess = Access.READ_ONLY)
public final class TheusEndpoint {

	private static final List<String> SECTIONS = List.of("processes", "state", "history", "diff", "conflicts", "audit",
			"workflows", "signals", "heavy", "store");

	private static final String RUNS = "runs";

	private static final String OUTBOX = "outbox";

	private final TheusEngine engine;

	private final ProcessCounters counters;

	private final ShownValues values;

	private final Supplier<? extends Collection<String>> neighbours;

	/**
	 * Create the endpoint.
	 * @param engine the engine
	 * @param counters counts executions
	 * @param values decides who sees values of the state
	 * @param neighbours gives what other endpoints that can be asked are called below
	 * this one
	 */
	public TheusEndpoint(TheusEngine engine, ProcessCounters counters, ShownValues values,
			Supplier<? extends Collection<String>> neighbours) {
		this.engine = engine;
		this.counters = counters;
		this.values = values;
		this.neighbours = neighbours;
	}

	/**
	 * Give a summary.
	 * @return what there is
	 */
	@ReadOperation
	public Summary summary() {
		List<String> sections = new ArrayList<>(SECTIONS);
		sections.addAll(this.neighbours.get());
		return new Summary(this.engine.state().version(), this.engine.processes().all().size(),
				this.engine.workflows().names().size(),
				sections.contains(RUNS) ? this.engine.workflows().runs().size() : null,
				sections.contains(OUTBOX) ? this.engine.outbox().status() : null, sections);
	}

	/**
	 * Give a section.
	 * @param caller who asks
	 * @param section its name, one of those that the summary lists
	 * @param path for {@code state} the path of a node, none for the roots; for
	 * {@code history} what commits are about, none for all
	 * @param at for {@code state} the version, none for the newest
	 * @param from for {@code diff} the version to begin with
	 * @param to for {@code diff} the version to end with, none for the newest
	 * @param topic for {@code signals} the topic, none for all
	 * @param offset how many entries to leave out
	 * @param limit how many entries to give at most, 100 if absent
	 * @return the section
	 */
	@ReadOperation
	public WebEndpointResponse<?> section(SecurityContext caller, @Selector String section, @Nullable String path,
			@Nullable String at, @Nullable String from, @Nullable String to, @Nullable String topic,
			@Nullable String offset, @Nullable String limit) {
		return Answer.to(() -> {
			Page page = Page.of(offset, limit);
			Viewer viewer = viewer(caller);
			return switch (section) {
				case "processes" -> processes(viewer, page);
				case "state" -> state(viewer, path, at, page);
				case "history" -> new HistoryView(this.engine.history(), viewer).commits(path, page);
				case "diff" -> diff(viewer, from, to, page);
				case "conflicts" -> ConflictsView.of(this.engine.conflicts(Integer.MAX_VALUE), viewer, page);
				case "audit" -> AuditView.of(this.engine.audit(), viewer, page);
				case "workflows" -> workflows(page);
				case "signals" -> SignalsView.of(this.engine.signals(), topic, viewer, page);
				case "heavy" -> HeavyView.of(this.engine.heavy(), page);
				case "store" -> this.engine.history().store();
				default -> throw unknown("section", section, SECTIONS);
			};
		});
	}

	/**
	 * Give one item of a section.
	 * @param section {@code workflows}
	 * @param name the name of the workflow
	 * @return the workflow
	 */
	@ReadOperation
	public WebEndpointResponse<?> item(@Selector String section, @Selector String name) {
		return Answer.to(() -> {
			if (!section.equals("workflows")) {
				throw unknown("section with items", section, List.of("workflows"));
			}
			List<String> names = this.engine.workflows().names();
			if (!names.contains(name)) {
				throw unknown("workflow", name, names);
			}
			return WorkflowDescription.of(this.engine.workflows(), name);
		});
	}

	/**
	 * Do something with the engine.
	 * @param caller who asks
	 * @param action {@code revert} or {@code resume}
	 * @param version for {@code revert} the version that the commit to undo has made
	 * @param reason why, for the record
	 * @return what was done
	 */
	@WriteOperation
	public WebEndpointResponse<?> act(SecurityContext caller, @Selector String action, @Nullable String version,
			@Nullable String reason) {
		return Answer.to(() -> {
			EngineActions actions = new EngineActions(this.engine, viewer(caller));
			return switch (action) {
				case "revert" -> actions.revert(version, reason);
				case "resume" -> actions.resume(reason);
				default -> throw unknown("action", action, List.of("revert", "resume"));
			};
		});
	}

	private static RefusedActionException unknown(String what, String name, List<String> known) {
		return RefusedActionException.notFound(
				"%s '%s' not found%s, known=%s".formatted(what, name, Suggestions.didYouMean(name, known), known));
	}

	private Viewer viewer(SecurityContext caller) {
		return this.values.to(caller, this.engine.history()::zoneOf);
	}

	private HistoryView.Difference diff(Viewer viewer, @Nullable String from, @Nullable String to, Page page) {
		Long first = Parameters.number("from", from, 0, Long.MAX_VALUE);
		Long last = Parameters.number("to", to, 0, Long.MAX_VALUE);
		if (first == null) {
			throw RefusedActionException.badRequest(
					"'from' is missing, name the version to begin with, and with 'to' the one to end with unless the newest is meant");
		}
		return new HistoryView(this.engine.history(), viewer).difference(first,
				(last != null) ? last : this.engine.state().version(), page);
	}

	private WorkflowNames workflows(Page page) {
		List<String> names = this.engine.workflows().names();
		return new WorkflowNames(names.size(), page.offset(), page.of(names));
	}

	private Processes processes(Viewer viewer, Page page) {
		List<ProcessDefinition> all = this.engine.processes().all();
		return new Processes(all.size(), page.offset(),
				page.of(all).stream().map((process) -> ProcessDescription.of(process, this.counters, viewer)).toList());
	}

	private StateView.Part state(Viewer viewer, @Nullable String path, @Nullable String at, Page page) {
		Long version = Parameters.number("at", at, 0, Long.MAX_VALUE);
		State state = (version != null) ? new HistoryView(this.engine.history(), viewer).at(version)
				: this.engine.state();
		StateView view = new StateView(state, viewer);
		return (path == null || path.isEmpty()) ? view.roots() : view.at(path, page);
	}

	/**
	 * What there is.
	 *
	 * @param version the version of the state
	 * @param processes how many processes are registered
	 * @param workflows how many workflows are registered
	 * @param runs how many runs are known, {@code null} if they cannot be asked for
	 * @param outbox how the outbox fares, {@code null} if it cannot be asked for
	 * @param sections what can be asked for below this endpoint
	 */
	public record Summary(long version, int processes, int workflows, @Nullable Integer runs,
			@Nullable OutboxStatus outbox, List<String> sections) {

	}

	/**
	 * The names of some of the workflows.
	 *
	 * @param total how many there are
	 * @param offset how many are left out before these
	 * @param workflows the names
	 */
	public record WorkflowNames(int total, int offset, List<String> workflows) {

	}

	/**
	 * Some of the processes.
	 *
	 * @param total how many there are
	 * @param offset how many are left out before these
	 * @param processes the processes
	 */
	public record Processes(int total, int offset, List<ProcessDescription> processes) {

	}

}
