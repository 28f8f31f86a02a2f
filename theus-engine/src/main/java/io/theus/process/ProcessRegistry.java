package io.theus.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import io.theus.audit.recipe.AuditedProcess;
import io.theus.audit.recipe.AuditedProcesses;
import io.theus.contract.ContractSpec;
import io.theus.contract.InvalidContractException;
import io.theus.error.Suggestions;
import io.theus.transaction.Transactions;

/**
 * All processes of an engine, by id, by short name where it is unique, and by the relaxed
 * spelling of either ({@code charge_payment} for {@code chargePayment}).
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// A process may return null, which a body of a generic type cannot say outside of
// JSpecify mode
@SuppressWarnings("NullAway")
public final class ProcessRegistry implements AuditedProcesses {

	private final Map<String, Registration> byId;

	private final Map<String, List<Registration>> byName;

	private final @Nullable Transactions fork;

	private final BlockingCalls blocking;

	private final AsyncExecutor executor;

	/**
	 * Create an empty registry.
	 * @param blocking keeps those who wait for asynchronous processes from threads that
	 * must not
	 * @param executor has the threads on which started calls are attempted again
	 */
	public ProcessRegistry(BlockingCalls blocking, AsyncExecutor executor) {
		this(blocking, executor, new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), null);
	}

	private ProcessRegistry(BlockingCalls blocking, AsyncExecutor executor, Map<String, Registration> byId,
			Map<String, List<Registration>> byName, @Nullable Transactions fork) {
		this.blocking = blocking;
		this.executor = executor;
		this.byId = byId;
		this.byName = byName;
		this.fork = fork;
	}

	/**
	 * Add a process.
	 * @param process the process
	 * @param entry how the engine calls it: through its proxy if it has one
	 * @throws DuplicateProcessException if a process of that id is registered already
	 * @throws InvalidContractException if it is parallel and cannot run where parallel
	 * processes do
	 */
	public void register(ProcessDefinition process, ProcessBody entry) {
		this.executor.parallel().check(process);
		Registration registration = new Registration(process, entry);
		if (this.byId.putIfAbsent(process.id(), registration) != null) {
			throw new DuplicateProcessException(process.id());
		}
		for (String name : List.of(process.name(), relaxed(process.name()), relaxed(process.id()))) {
			this.byName.merge(name, List.of(registration), ProcessRegistry::union);
		}
	}

	private static List<Registration> union(List<Registration> a, List<Registration> b) {
		List<Registration> union = new ArrayList<>(a);
		b.stream().filter((registration) -> !union.contains(registration)).forEach(union::add);
		return List.copyOf(union);
	}

	// Upper and lower case, '_' and '-' do not count
	static String relaxed(String name) {
		return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Find a process.
	 * @param name its id, its short name, or a relaxed spelling of either
	 * @return the process
	 * @throws ProcessNotFoundException if no process has that name or several have
	 */
	public ProcessDefinition get(String name) {
		return registration(name).process();
	}

	/**
	 * Find the way into a process.
	 * @param name its id, its short name, or a relaxed spelling of either
	 * @return where to start it, again and again
	 * @throws ProcessNotFoundException if no process has that name or several have
	 */
	public ProcessEntry entry(String name) {
		Registration found = registration(name);
		return new ProcessEntry(found.process(), found.entry(), this.executor, this.fork);
	}

	private Registration registration(String name) {
		List<Registration> found = find(name);
		if (found.size() == 1) {
			return found.get(0);
		}
		if (found.isEmpty()) {
			throw ProcessNotFoundException.unknown(name, names());
		}
		throw ProcessNotFoundException.ambiguous(name, found.stream().map((each) -> each.process().id()).toList());
	}

	private List<Registration> find(String name) {
		Registration exact = this.byId.get(name);
		if (exact != null) {
			return List.of(exact);
		}
		List<Registration> found = this.byName.getOrDefault(name, List.of());
		return found.isEmpty() ? this.byName.getOrDefault(relaxed(name), List.of()) : found;
	}

	// While an application starts, a process may be called before it is registered
	boolean means(String name, ProcessDefinition process) {
		List<Registration> found = find(name);
		return found.isEmpty() ? name.equals(process.id()) || relaxed(name).equals(relaxed(process.name()))
				: found.size() == 1 && found.get(0).process().id().equals(process.id());
	}

	/**
	 * Check that all processes that are declared to be called exist. To be called by
	 * whoever registers processes, when all are registered.
	 * @throws InvalidContractException if a name means no process or several
	 */
	public void checkCalls() {
		for (ProcessDefinition process : all()) {
			process.contract().spec().calls().forEach((name) -> checkCall(process, name));
		}
	}

	private void checkCall(ProcessDefinition process, String name) {
		List<String> found = find(name).stream().map((registration) -> registration.process().id()).toList();
		if (found.isEmpty()) {
			throw new InvalidContractException(process.id(), "it calls '%s', and no process has that name%s"
				.formatted(name, Suggestions.didYouMean(name, names())), "name the id or the unique name of a process");
		}
		if (found.size() > 1) {
			throw new InvalidContractException(process.id(),
					"it calls '%s', and several processes have that name".formatted(name),
					"name one of the ids " + found);
		}
	}

	/**
	 * Check that all workflows that are declared to be started exist. To be called by
	 * whoever registers workflows, when all are registered.
	 * @param workflows the names of all workflows
	 * @throws InvalidContractException if a name means no workflow
	 */
	public void checkStarts(Collection<String> workflows) {
		for (ProcessDefinition process : all()) {
			for (String name : process.contract().spec().starts()) {
				if (!name.equals(ContractSpec.ALL) && !workflows.contains(name)) {
					throw new InvalidContractException(process.id(), "it starts '%s', and no workflow has that name%s"
						.formatted(name, Suggestions.didYouMean(name, workflows)), "name a workflow, or '*' for all");
				}
			}
		}
	}

	@Override
	public List<AuditedProcess> named(String name) {
		return find(name).stream().map((found) -> found.process().audited()).toList();
	}

	@Override
	public Collection<String> names() {
		Map<String, Boolean> names = new LinkedHashMap<>();
		this.byId.values().forEach((registration) -> {
			names.put(registration.process().name(), true);
			names.put(registration.process().id(), true);
		});
		return names.keySet();
	}

	/**
	 * Return all processes.
	 * @return the processes, sorted by id
	 */
	public List<ProcessDefinition> all() {
		return this.byId.values()
			.stream()
			.map(Registration::process)
			.sorted((a, b) -> a.id().compareTo(b.id()))
			.toList();
	}

	/**
	 * Call a process with positional arguments. What is there later is waited for.
	 * @param name its id or name
	 * @param arguments the arguments in order, without what is supplied
	 * @return what the process returned in the end
	 * @throws Throwable what the process threw, unchanged
	 */
	public @Nullable Object call(String name, @Nullable Object[] arguments) throws Throwable {
		Registration registration = registration(name);
		@Nullable Object[] values = Arguments.positional(registration.process(), arguments);
		return (this.fork != null) ? this.fork.during(() -> call(registration, values)) : call(registration, values);
	}

	/**
	 * Call a process with named arguments. What is there later is waited for.
	 * @param name its id or name
	 * @param arguments the arguments by name, without what is supplied
	 * @return what the process returned in the end
	 * @throws Throwable what the process threw, unchanged
	 */
	public @Nullable Object call(String name, Map<String, ?> arguments) throws Throwable {
		Registration registration = registration(name);
		@Nullable Object[] values = Arguments.named(registration.process(), arguments);
		return (this.fork != null) ? this.fork.during(() -> call(registration, values)) : call(registration, values);
	}

	private @Nullable Object call(Registration registration, @Nullable Object[] values) throws Throwable {
		AsynchronousType type = registration.process().asynchronous();
		if (type == null) {
			return registration.entry().call(values);
		}
		this.blocking.check(registration.process());
		return await(registration.process(), open(registration, type, values));
	}

	private static CompletableFuture<@Nullable Object> open(Registration registration, AsynchronousType type,
			@Nullable Object[] values) throws Throwable {
		return type.open(Objects.requireNonNull(registration.entry().call(values)));
	}

	private CompletableFuture<@Nullable Object> begin(Registration registration, @Nullable Object[] values)
			throws Throwable {
		AsynchronousType type = Objects.requireNonNull(registration.process().asynchronous());
		return (this.fork != null) ? this.fork.during(() -> open(registration, type, values))
				: open(registration, type, values);
	}

	private static @Nullable Object await(ProcessDefinition process, CompletableFuture<@Nullable Object> execution)
			throws Throwable {
		try {
			return execution.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (InterruptedException ex) {
			execution.cancel(true);
			Thread.currentThread().interrupt();
			throw new CancellationException(
					"process '%s' was given up: the thread that waited for it was interrupted".formatted(process.id()));
		}
	}

	/**
	 * Begin an asynchronous process with positional arguments.
	 * @param name its id or name
	 * @param arguments the arguments in order, without what is supplied
	 * @return completes with what the process returned in the end
	 * @throws Throwable if it cannot begin
	 */
	public CompletableFuture<@Nullable Object> begin(String name, @Nullable Object[] arguments) throws Throwable {
		Registration registration = registration(name);
		return begin(registration, Arguments.positional(registration.process(), arguments));
	}

	/**
	 * Begin an asynchronous process with named arguments.
	 * @param name its id or name
	 * @param arguments the arguments by name, without what is supplied
	 * @return completes with what the process returned in the end
	 * @throws Throwable if it cannot begin
	 */
	public CompletableFuture<@Nullable Object> begin(String name, Map<String, ?> arguments) throws Throwable {
		Registration registration = registration(name);
		return begin(registration, Arguments.named(registration.process(), arguments));
	}

	/**
	 * Return the same processes to be called in a fork.
	 * @param transactions those of the fork
	 * @return a registry through which each call runs there
	 */
	public ProcessRegistry in(Transactions transactions) {
		return new ProcessRegistry(this.blocking, this.executor, this.byId, this.byName, transactions);
	}

	/**
	 * A process and how to call it.
	 *
	 * @param process the process
	 * @param entry how the engine calls it
	 */
	record Registration(ProcessDefinition process, ProcessBody entry) {

	}

}
