package io.theus.spring.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import io.theus.engine.TheusEngine;
import io.theus.outbox.OutboxStatus;
import io.theus.process.ProcessDefinition;

/**
 * The endpoint {@code theus}: a summary, the processes with what they declare and how
 * often they ran, the state, the workflows as Mermaid text, and what conflicts.
 *
 * @since 0.1.0
 */
@Endpoint(id = "theus", defaultAccess = Access.READ_ONLY)
public final class TheusEndpoint {

	private final TheusEngine engine;

	private final ProcessCounters counters;

	private final ShownValues values;

	/**
	 * Create the endpoint.
	 * @param engine the engine
	 * @param counters counts executions
	 * @param values decides who sees values of the state
	 */
	public TheusEndpoint(TheusEngine engine, ProcessCounters counters, ShownValues values) {
		this.engine = engine;
		this.counters = counters;
		this.values = values;
	}

	/**
	 * Give a summary.
	 * @return what there is
	 */
	@ReadOperation
	public Summary summary() {
		return new Summary(this.engine.state().version(), this.engine.processes().all().size(),
				this.engine.workflows().names().size(), this.engine.outbox().status(),
				List.of("processes", "state", "workflows", "runs", "outbox", "conflicts", "history", "diff"));
	}

	/**
	 * Give a section.
	 * @param caller who asks
	 * @param section {@code processes}, {@code state}, {@code workflows} or
	 * {@code conflicts}, {@code history}, {@code diff}
	 * @param path for {@code state} the path of a node, none for the roots; for
	 * {@code history} what commits are about, none for all
	 * @param from for {@code diff} the version to begin with
	 * @param to for {@code diff} the version to end with, none for the newest
	 * @param offset how many entries to leave out
	 * @param limit how many entries to give at most, 100 if absent
	 * @return the section, {@code null} if there is none of that name or nothing at the
	 * path
	 */
	@ReadOperation
	public @Nullable Object section(SecurityContext caller, @Selector String section, @Nullable String path,
			@Nullable Long from, @Nullable Long to, @Nullable Integer offset, @Nullable Integer limit) {
		Page page = Page.of(offset, limit);
		return switch (section) {
			case "processes" -> processes(page);
			case "state" -> state(caller, path, page);
			case "workflows" -> workflows(page);
			case "history" -> history(caller).commits(path, page);
			case "diff" -> diff(caller, from, to, page);
			case "conflicts" -> this.engine.conflicts(page.limit());
			default -> null;
		};
	}

	/**
	 * Give one item of a section.
	 * @param section {@code workflows}
	 * @param name the name of the workflow
	 * @return the workflow, {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable WorkflowDescription item(@Selector String section, @Selector String name) {
		boolean exists = section.equals("workflows") && this.engine.workflows().names().contains(name);
		return exists ? WorkflowDescription.of(this.engine.workflows(), name) : null;
	}

	private HistoryView history(SecurityContext caller) {
		return new HistoryView(this.engine.history(), this.values, this.values.isShownTo(caller));
	}

	private HistoryView.Difference diff(SecurityContext caller, @Nullable Long from, @Nullable Long to, Page page) {
		if (from == null) {
			throw new InvalidEndpointRequestException("the version to begin with is missing",
					"use from=<version>, and to=<version> unless the newest is meant");
		}
		return history(caller).difference(from, (to != null) ? to : this.engine.state().version(), page);
	}

	private WorkflowNames workflows(Page page) {
		List<String> names = this.engine.workflows().names();
		return new WorkflowNames(names.size(), page.offset(), page.of(names));
	}

	private Processes processes(Page page) {
		List<ProcessDefinition> all = this.engine.processes().all();
		return new Processes(all.size(), page.offset(),
				page.of(all).stream().map((process) -> ProcessDescription.of(process, this.counters)).toList());
	}

	private @Nullable Object state(SecurityContext caller, @Nullable String path, Page page) {
		StateView view = new StateView(this.engine.state(), this.values, this.values.isShownTo(caller));
		return (path == null || path.isEmpty()) ? view.roots() : view.at(path, page).orElse(null);
	}

	/**
	 * What there is.
	 *
	 * @param version the version of the state
	 * @param processes how many processes are registered
	 * @param workflows how many workflows are registered
	 * @param outbox how the outbox fares
	 * @param sections what can be asked for below this endpoint
	 */
	public record Summary(long version, int processes, int workflows, OutboxStatus outbox, List<String> sections) {

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
