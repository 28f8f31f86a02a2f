package io.theus.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.theus.ContractVariable;
import io.theus.InitialState;
import io.theus.Isolation;
import io.theus.MergeRule;
import io.theus.Merging;
import io.theus.audit.AuditException;
import io.theus.audit.AuditSink;
import io.theus.audit.AuditTrail;
import io.theus.audit.Auditor;
import io.theus.audit.ValueMask;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.audit.recipe.AuditRecipeParser;
import io.theus.audit.recipe.AuditRules;
import io.theus.conflict.BackoffPolicy;
import io.theus.conflict.ConflictPolicy;
import io.theus.conflict.ConflictSettings;
import io.theus.contract.ContractVariables;
import io.theus.contract.OpenGuard;
import io.theus.heavy.HeavyAccessListener;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavySettings;
import io.theus.heavy.HeavyUse;
import io.theus.history.History;
import io.theus.initial.InitialContent;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlParser;
import io.theus.invariant.Invariant;
import io.theus.invariant.Invariants;
import io.theus.invariant.YamlInvariants;
import io.theus.outbox.DefaultOutbox;
import io.theus.outbox.HeaderSource;
import io.theus.outbox.MessageEncoder;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxLimits;
import io.theus.outbox.OutboxRelay;
import io.theus.parallel.ParallelSettings;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.ZoneViolationException;
import io.theus.path.Zones;
import io.theus.process.AnnotatedProcesses;
import io.theus.process.AsyncExecutor;
import io.theus.process.AsynchronousType;
import io.theus.process.BlockingCalls;
import io.theus.process.ParallelCalls;
import io.theus.process.ParallelThreads;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessFactory;
import io.theus.process.ProcessListener;
import io.theus.process.ProcessRegistry;
import io.theus.process.ProcessRunner;
import io.theus.process.ProcessSettings;
import io.theus.process.ProcessSpec;
import io.theus.process.SharedPlaces;
import io.theus.run.SignalEmitter;
import io.theus.run.WorkflowSettings;
import io.theus.run.Workflows;
import io.theus.schema.Constraints;
import io.theus.schema.Schema;
import io.theus.schema.SchemaViolationException;
import io.theus.signal.SignalHub;
import io.theus.state.EngineFacts;
import io.theus.state.InvalidValueException;
import io.theus.state.InvalidWriteException;
import io.theus.state.MergeRules;
import io.theus.state.Values;
import io.theus.state.VolatilePaths;
import io.theus.store.CommitLog;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.store.CommitRecord;
import io.theus.store.MemoryCommitLog;
import io.theus.transaction.CommitListener;
import io.theus.transaction.CommitRule;
import io.theus.transaction.Deadline;
import io.theus.transaction.Frame;
import io.theus.transaction.RunOrders;
import io.theus.transaction.Scope;
import io.theus.transaction.SurroundingTransactions;
import io.theus.transaction.TransactionOptions;
import io.theus.transaction.TransactionSettings;
import io.theus.transaction.Transactions;
import io.theus.workflow.Workflow;

/**
 * Makes an engine. Everything has a default; a value that makes no sense is refused when
 * it is given.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class TheusEngineBuilder {

	private final List<Object> processes = new ArrayList<>();

	private final Map<String, ProcessSpec> specs = new LinkedHashMap<>();

	private final List<Workflow> workflows = new ArrayList<>();

	private final List<ContractVariable> variables = new ArrayList<>();

	private final List<InitialState> initialStates = new ArrayList<>();

	private final List<YamlNode> initialDocuments = new ArrayList<>();

	private final List<CommitListener> commitListeners = new ArrayList<>();

	private final List<ProcessListener> processListeners = new ArrayList<>();

	private Telemetry telemetry = Telemetry.NONE;

	private final Set<Class<?>> immutableTypes = new LinkedHashSet<>();

	private final Set<Class<?>> schemaRecords = new LinkedHashSet<>();

	private final List<YamlNode> schemaDocuments = new ArrayList<>();

	private final List<MergeRules.Declared> merges = new ArrayList<>();

	private final List<PathPattern> volatilePaths = new ArrayList<>();

	private @Nullable Constraints constraints;

	private boolean strict = true;

	private boolean lateProcesses;

	private Duration processTimeout = Duration.ofMinutes(5);

	private Duration transactionTimeout = Duration.ofSeconds(5);

	private ConflictSettings conflicts = ConflictSettings.DEFAULT;

	private @Nullable ConflictPolicy conflictPolicy;

	private boolean sideEffects = true;

	private Isolation isolation = Isolation.HYBRID;

	private boolean strictCompareAndSwap;

	private SurroundingTransactions surroundings = SurroundingTransactions.NONE;

	private final List<AsynchronousType> asynchronousTypes = new ArrayList<>(List.of(AsynchronousType.STAGES));

	private BooleanSupplier nonBlocking = () -> false;

	private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

	private ParallelSettings parallel = ParallelSettings.DEFAULT;

	private Clock clock = Clock.systemUTC();

	private WorkflowSettings workflowSettings = WorkflowSettings.DEFAULT;

	private int historyVersions = 256;

	private long historyMemory = 64 << 20;

	private int metaCapacity = 1000;

	private final List<Invariant> invariants = new ArrayList<>();

	private final List<AuditRecipe> auditRecipes = new ArrayList<>();

	private @Nullable Integer auditCapacity;

	private ValueMask mask = ValueMask.HIDDEN;

	private final List<AuditSink> auditSinks = new ArrayList<>();

	private int signalCapacity = SignalHub.DEFAULT_CAPACITY;

	private OutboxLimits messageLimits = OutboxLimits.defaults();

	private final List<HeaderSource> headerSources = new ArrayList<>();

	private HeavySettings heavy = HeavySettings.create();

	private boolean auditAccess = true;

	private @Nullable String node;

	private @Nullable DefaultOutbox outbox;

	private @Nullable OutboxRelay relay;

	TheusEngineBuilder() {
	}

	/**
	 * Register the process methods of objects.
	 * @param targets objects whose class has methods annotated as processes
	 * @return this
	 */
	public TheusEngineBuilder processes(Object... targets) {
		this.processes.addAll(Arrays.asList(targets));
		return this;
	}

	/**
	 * Register a process given as code.
	 * @param id its id
	 * @param declaration declares it
	 * @return this
	 */
	public TheusEngineBuilder process(String id, Consumer<ProcessSpec> declaration) {
		ProcessSpec spec = new ProcessSpec();
		declaration.accept(spec);
		this.specs.put(id, spec);
		return this;
	}

	/**
	 * Register workflows.
	 * @param definitions parsed or built definitions, whose processes are registered with
	 * this builder
	 * @return this
	 */
	public TheusEngineBuilder workflows(Workflow... definitions) {
		this.workflows.addAll(Arrays.asList(definitions));
		return this;
	}

	/**
	 * Set how workflows run.
	 * @param settings the limit of operations, trace and observers
	 * @return this
	 */
	public TheusEngineBuilder workflowSettings(WorkflowSettings settings) {
		this.workflowSettings = settings;
		return this;
	}

	/**
	 * Let contracts be narrowed by what the calling thread is about. A path may name a
	 * variable as <code>&#123;@name&#125;</code>.
	 * @param newVariables the variables, each of a name of its own
	 * @return this
	 */
	public TheusEngineBuilder contractVariables(ContractVariable... newVariables) {
		this.variables.addAll(Arrays.asList(newVariables));
		return this;
	}

	/**
	 * Add content to the first commit.
	 * @param initialState gives the content
	 * @return this
	 */
	public TheusEngineBuilder initialState(InitialState initialState) {
		this.initialStates.add(initialState);
		return this;
	}

	/**
	 * Add content to the first commit from a YAML document, a map by layer.
	 * @param resource the name of the document, for messages
	 * @param yaml the document
	 * @return this
	 * @throws io.theus.internal.yaml.InvalidYamlException if it is not acceptable YAML
	 */
	public TheusEngineBuilder initialState(String resource, String yaml) {
		this.initialDocuments.add(YamlParser.parse(yaml, resource));
		return this;
	}

	/**
	 * Declare what the state must look like by records.
	 * @param records record classes annotated as state
	 * @return this
	 */
	public TheusEngineBuilder schema(Class<?>... records) {
		this.schemaRecords.addAll(Arrays.asList(records));
		return this;
	}

	/**
	 * Declare what the state must look like by a YAML document.
	 * @param resource the name of the document, for messages
	 * @param yaml the document
	 * @return this
	 * @throws io.theus.internal.yaml.InvalidYamlException if it is not acceptable YAML
	 */
	public TheusEngineBuilder schema(String resource, String yaml) {
		this.schemaDocuments.add(YamlParser.parse(yaml, resource));
		return this;
	}

	/**
	 * Check the constraints that records of the schema declare.
	 * @param newConstraints finds and checks them; without, they are not checked
	 * @return this
	 */
	public TheusEngineBuilder constraints(Constraints newConstraints) {
		this.constraints = newConstraints;
		return this;
	}

	/**
	 * Accept values of further types, which the application promises never to change.
	 * @param types immutable classes
	 * @return this
	 */
	public TheusEngineBuilder immutableTypes(Class<?>... types) {
		this.immutableTypes.addAll(Arrays.asList(types));
		return this;
	}

	/**
	 * Merge what transactions bring along to a place, in a built-in way.
	 * @param pattern the place, with {@code *} for any key
	 * @param merging the way, which also says by which operation
	 * @return this
	 * @throws io.theus.path.InvalidPathException if the pattern cannot be parsed
	 */
	public TheusEngineBuilder merge(String pattern, Merging merging) {
		this.merges.add(new MergeRules.Declared(PathPattern.parse(pattern), merging));
		return this;
	}

	/**
	 * Merge what transactions bring along to a place by {@code combine}.
	 * @param pattern the place, with {@code *} for any key
	 * @param rule how it is merged
	 * @return this
	 * @throws io.theus.path.InvalidPathException if the pattern cannot be parsed
	 */
	public TheusEngineBuilder merge(String pattern, MergeRule rule) {
		this.merges.add(new MergeRules.Declared(PathPattern.parse(pattern), rule));
		return this;
	}

	/**
	 * Let the last writer win at some places. Nobody depends on what is read there, and
	 * no commit record keeps it.
	 * @param patterns the places, with {@code *} for any key; each stands for all below
	 * it too
	 * @return this
	 * @throws io.theus.path.InvalidPathException if a pattern cannot be parsed
	 * @throws IllegalArgumentException if a pattern has a placeholder
	 */
	public TheusEngineBuilder volatilePaths(String... patterns) {
		for (String pattern : patterns) {
			PathPattern parsed = PathPattern.parse(pattern);
			if (!parsed.placeholders().isEmpty()) {
				throw new IllegalArgumentException(
						"volatile path has a placeholder: pattern='%s', use '*' for any key".formatted(pattern));
			}
			this.volatilePaths.add(parsed);
		}
		return this;
	}

	/**
	 * Hear of commits.
	 * @param listener called after each commit, in commit order
	 * @return this
	 */
	public TheusEngineBuilder commitListener(CommitListener listener) {
		this.commitListeners.add(listener);
		return this;
	}

	/**
	 * Hear of executions.
	 * @param listener called after each execution
	 * @return this
	 */
	public TheusEngineBuilder processListener(ProcessListener listener) {
		this.processListeners.add(listener);
		return this;
	}

	/**
	 * Have the engine watched while it works.
	 * @param newTelemetry who watches, by default nobody
	 * @return this
	 */
	public TheusEngineBuilder telemetry(Telemetry newTelemetry) {
		this.telemetry = newTelemetry;
		return this;
	}

	/**
	 * Refuse undeclared access, or only record it.
	 * @param newStrict {@code true} by default
	 * @return this
	 */
	public TheusEngineBuilder strict(boolean newStrict) {
		this.strict = newStrict;
		return this;
	}

	/**
	 * Limit the time of executions whose process states no limit.
	 * @param timeout the limit over all attempts and waits, 300 s by default
	 * @return this
	 */
	public TheusEngineBuilder processTimeout(Duration timeout) {
		this.processTimeout = positive("process timeout", timeout);
		return this;
	}

	/**
	 * Limit the time of explicit transactions that state no limit.
	 * @param timeout the limit over all attempts and waits, 5 s by default
	 * @return this
	 */
	public TheusEngineBuilder transactionTimeout(Duration timeout) {
		this.transactionTimeout = positive("transaction timeout", timeout);
		return this;
	}

	private static Duration positive(String name, Duration duration) {
		if (duration.isZero() || duration.isNegative()) {
			throw new IllegalArgumentException(
					"%s is not positive: duration=%s, use for example 5 s".formatted(name, duration));
		}
		return duration;
	}

	/**
	 * Set how conflicts are retried.
	 * @param settings attempts and waits
	 * @return this
	 */
	public TheusEngineBuilder conflicts(ConflictSettings settings) {
		this.conflicts = settings;
		return this;
	}

	/**
	 * Allow or forbid processes with side effects.
	 * @param allowed {@code true} by default; otherwise a process that declares any is
	 * refused when it is registered
	 * @return this
	 */
	public TheusEngineBuilder sideEffects(boolean allowed) {
		this.sideEffects = allowed;
		return this;
	}

	/**
	 * Expect processes that are registered when the engine has been made. Whoever
	 * registers them then checks what processes call and start, see
	 * {@link ProcessRegistry#checkCalls()}, {@link ProcessRegistry#checkStarts} and
	 * {@link Invariants#checkNames}.
	 * @return this
	 */
	public TheusEngineBuilder lateProcesses() {
		this.lateProcesses = true;
		return this;
	}

	/**
	 * Set how much must not have changed when work commits that does not say so itself.
	 * @param newIsolation the isolation, {@link Isolation#HYBRID} by default
	 * @return this
	 */
	public TheusEngineBuilder isolation(Isolation newIsolation) {
		this.isolation = newIsolation;
		return this;
	}

	/**
	 * Refuse a compare-and-swap whenever the state has changed at all, not just where it
	 * writes.
	 * @param strict {@code false} by default
	 * @return this
	 */
	public TheusEngineBuilder strictCompareAndSwap(boolean strict) {
		this.strictCompareAndSwap = strict;
		return this;
	}

	/**
	 * Let work be part of transactions of another kind, such as those of a database.
	 * @param newSurroundings tells which of them is running
	 * @return this
	 */
	public TheusEngineBuilder surroundings(SurroundingTransactions newSurroundings) {
		this.surroundings = newSurroundings;
		return this;
	}

	/**
	 * Set what decides about executions that conflict.
	 * @param policy waits, takes tickets or gives up; by default waits grow by chance,
	 * and a ticket is taken after some conflicts in a row
	 * @return this
	 */
	public TheusEngineBuilder conflictPolicy(ConflictPolicy policy) {
		this.conflictPolicy = policy;
		return this;
	}

	/**
	 * Set how parallel processes run.
	 * @param settings where they run, how many at a time, and for how many more there is
	 * room
	 * @return this
	 */
	public TheusEngineBuilder parallel(ParallelSettings settings) {
		this.parallel = settings;
		return this;
	}

	/**
	 * Set what draws the random factor of waits.
	 * @param newRandom safe for use by several threads
	 * @return this
	 */
	public TheusEngineBuilder random(RandomGenerator newRandom) {
		this.random = newRandom;
		return this;
	}

	/**
	 * Set what tells the time of commits.
	 * @param newClock the clock
	 * @return this
	 */
	public TheusEngineBuilder clock(Clock newClock) {
		this.clock = newClock;
		return this;
	}

	/**
	 * Set how many versions are kept for compare-and-swap and diagnosis.
	 * @param versions at least 1, 256 by default
	 * @return this
	 */
	public TheusEngineBuilder historyVersions(int versions) {
		this.historyVersions = atLeastOne("history versions", versions);
		return this;
	}

	/**
	 * Set how much memory the versions may hold that are kept, besides what they share
	 * with the newest one. Older ones are forgotten earlier if there is not room for all.
	 * @param bytes as estimated, at least 1, 64 MB by default
	 * @return this
	 */
	public TheusEngineBuilder historyMemory(long bytes) {
		if (bytes < 1) {
			throw new IllegalArgumentException("history memory is too small: value=%d, use 1 or more".formatted(bytes));
		}
		this.historyMemory = bytes;
		return this;
	}

	/**
	 * Set how many commits the meta log keeps.
	 * @param capacity at least 1, 1000 by default
	 * @return this
	 */
	public TheusEngineBuilder metaCapacity(int capacity) {
		this.metaCapacity = atLeastOne("meta capacity", capacity);
		return this;
	}

	/**
	 * Add rules that every commit must keep, whoever makes it.
	 * @param newInvariants the rules, each with a name of its own
	 * @return this
	 */
	public TheusEngineBuilder invariants(Invariant... newInvariants) {
		this.invariants.addAll(Arrays.asList(newInvariants));
		return this;
	}

	/**
	 * Put recipes in force: rules about the work of processes, which may be replaced
	 * later.
	 * @param recipes the recipes, of which a process may have just one
	 * @return this
	 */
	public TheusEngineBuilder audit(AuditRecipe... recipes) {
		this.auditRecipes.addAll(Arrays.asList(recipes));
		return this;
	}

	/**
	 * Add rules that every commit must keep from a YAML document with a list
	 * {@code invariants}.
	 * @param resource the name of the document, for messages
	 * @param yaml the document
	 * @return this
	 * @throws io.theus.internal.yaml.InvalidYamlException with the place of what is wrong
	 */
	public TheusEngineBuilder invariants(String resource, String yaml) {
		this.invariants.addAll(YamlInvariants.readDocument(YamlParser.parse(yaml, resource)));
		return this;
	}

	/**
	 * Put a recipe in force.
	 * @param resource the name of the document, for messages
	 * @param yaml the document
	 * @return this
	 * @throws io.theus.internal.yaml.InvalidYamlException if it is not acceptable YAML
	 * @throws io.theus.audit.recipe.InvalidAuditRecipeException if it is not a recipe
	 */
	public TheusEngineBuilder audit(String resource, String yaml) {
		return audit(AuditRecipeParser.parse(yaml, resource));
	}

	/**
	 * Set how many entries the trail of the audit keeps.
	 * @param capacity at least 1; by default what recipes ask for, or else 1000
	 * @return this
	 */
	public TheusEngineBuilder auditCapacity(int capacity) {
		this.auditCapacity = atLeastOne("audit capacity", capacity);
		return this;
	}

	/**
	 * Set what the audit shows of values.
	 * @param newMask shows a value or what stands for it; by default nothing of any
	 * @return this
	 */
	public TheusEngineBuilder valueMask(ValueMask newMask) {
		this.mask = newMask;
		return this;
	}

	/**
	 * Hand the entries of the audit to sinks, too, on a thread of their own.
	 * @param sinks the sinks
	 * @return this
	 */
	public TheusEngineBuilder auditSinks(AuditSink... sinks) {
		this.auditSinks.addAll(Arrays.asList(sinks));
		return this;
	}

	/**
	 * Set how many signals the hub keeps for slow subscribers.
	 * @param capacity at least 1, 1024 by default
	 * @return this
	 */
	public TheusEngineBuilder signalCapacity(int capacity) {
		this.signalCapacity = atLeastOne("signal capacity", capacity);
		return this;
	}

	private static int atLeastOne(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException("%s is too small: value=%d, use 1 or more".formatted(name, value));
		}
		return value;
	}

	/**
	 * Set what delivers outbox messages. Without a relay they stay pending.
	 * @param newRelay the relay
	 * @return this
	 */
	public TheusEngineBuilder relay(OutboxRelay newRelay) {
		this.relay = newRelay;
		return this;
	}

	/**
	 * Set what holds messages until they are delivered.
	 * @param newOutbox an outbox of which nobody else makes use; the engine closes it
	 * @return this
	 */
	public TheusEngineBuilder outbox(DefaultOutbox newOutbox) {
		this.outbox = newOutbox;
		return this;
	}

	/**
	 * Limit size and number of the messages of a commit.
	 * @param limits the limits
	 * @return this
	 */
	public TheusEngineBuilder messageLimits(OutboxLimits limits) {
		this.messageLimits = limits;
		return this;
	}

	/**
	 * Add headers to every message, such as the trace that it is part of. Headers that
	 * its sender gives take precedence.
	 * @param source asked when a message is sent, on the thread that sends it
	 * @return this
	 */
	public TheusEngineBuilder messageHeaders(HeaderSource source) {
		this.headerSources.add(source);
		return this;
	}

	/**
	 * Make a type known by which processes return a value that is there later, besides
	 * {@link java.util.concurrent.CompletionStage}.
	 * @param type the type
	 * @return this
	 */
	public TheusEngineBuilder asynchronousType(AsynchronousType type) {
		this.asynchronousTypes.add(type);
		return this;
	}

	/**
	 * Say on which threads nobody may wait for the end of a process. Such calls are
	 * refused there.
	 * @param rule tells whether the thread that asks must not block; by default none
	 * @return this
	 */
	public TheusEngineBuilder nonBlockingThreads(BooleanSupplier rule) {
		this.nonBlocking = rule;
		return this;
	}

	/**
	 * Set how much memory arrays may take, and where it is recorded.
	 * @param settings the settings; of several engines each needs a session of its own
	 * @return this
	 */
	public TheusEngineBuilder heavy(HeavySettings settings) {
		this.heavy = settings;
		return this;
	}

	/**
	 * Set whether each operation on many elements of an array leaves an entry in the
	 * trail of the audit.
	 * @param entered whether it does, by default it does
	 * @return this
	 */
	public TheusEngineBuilder auditAccess(boolean entered) {
		this.auditAccess = entered;
		return this;
	}

	/**
	 * Name the node, for those who read {@code meta.engine.node}.
	 * @param name a text that no other node has; by default the name of the host with a
	 * random suffix
	 * @return this
	 */
	public TheusEngineBuilder node(String name) {
		if (name.isBlank()) {
			throw new IllegalArgumentException(
					"node has no name: value='%s', use a text that is not blank".formatted(name));
		}
		this.node = name;
		return this;
	}

	/**
	 * Make the engine.
	 * @return the engine, with its initial state committed
	 * @throws io.theus.error.TheusException if a declaration is wrong
	 */
	public TheusEngine build() {
		Schema schema = Schema.of(this.schemaRecords, this.schemaDocuments, this.constraints);
		Zones zones = new Zones(schema);
		Values values = new Values(this.immutableTypes, schema, zones);
		List<CommitRule> rules = schema.isEmpty() ? List.of() : List.of(schema::check);
		List<MergeRules.Declared> declared = new ArrayList<>(schema.merges());
		declared.addAll(this.merges);
		MergeRules merging = MergeRules.of(declared);
		List<PathPattern> freely = new ArrayList<>(schema.volatiles());
		freely.addAll(this.volatilePaths);
		VolatilePaths volatiles = VolatilePaths.of(freely);
		CommitLog commits = new MemoryCommitLog(this.historyVersions);
		SignalHub hub = new SignalHub(this.signalCapacity, TheusEngineBuilder::refuseWithinTransaction);
		DefaultOutbox held = (this.outbox != null) ? this.outbox
				: Outbox.builder().clock(this.clock).random(this.random).build();
		EngineFacts facts = new EngineFacts();
		ConflictPolicy policy = (this.conflictPolicy != null) ? this.conflictPolicy
				: new BackoffPolicy(this.conflicts, this.random);
		RunOrders runs = new RunOrders();
		AtomicReference<Workflows> hearing = new AtomicReference<>();
		List<CommitListener> listeners = new ArrayList<>(this.commitListeners);
		listeners.add((record) -> tell(hearing.get(), record));
		MessageEncoder encoder = new MessageEncoder(this.messageLimits, HeaderSource.all(this.headerSources));
		AuditRules judging = new AuditRules();
		judging.await(this.auditRecipes);
		Auditor auditor = new Auditor(judging, new AuditTrail(trailCapacity()), this.mask, this.clock);
		Invariants enforced = Invariants.of(allInvariants());
		AtomicReference<Transactions> allocating = new AtomicReference<>();
		HeavyHeap heap = HeavyHeap.open(this.heavy, accessListener(auditor), (key) -> use(allocating.get(), key));
		TransactionSettings shared = new TransactionSettings(zones, values, merging, volatiles, rules, auditor,
				enforced, commits, hub, held, runs, encoder, listeners, this.conflicts, policy, this.clock,
				this.transactionTimeout, this.metaCapacity, this.historyMemory, facts, this.isolation,
				this.strictCompareAndSwap, this.surroundings, heap);
		Transactions transactions = shared.build(this.telemetry.commits());
		allocating.set(transactions);
		commit(InitialContent.of(this.initialStates, this.initialDocuments), transactions);
		BlockingCalls blocking = new BlockingCalls(this.nonBlocking);
		ContractVariables known = new ContractVariables(this.variables);
		AsyncExecutor executor = new AsyncExecutor(this.processTimeout, this.telemetry.context(),
				new ParallelThreads(this.parallel, known));
		ProcessRegistry registry = new ProcessRegistry(blocking, executor);
		ProcessSettings settings = new ProcessSettings(zones, this.strict, this.sideEffects, known,
				this.asynchronousTypes);
		ProcessRunner runner = new ProcessRunner(transactions, this.processListeners, this.telemetry.processes(),
				this.processTimeout, known, registry, executor, blocking);
		AnnotatedProcesses reader = new AnnotatedProcesses(settings);
		ProcessFactory factory = new ProcessFactory(registry, runner, settings);
		this.processes.forEach(factory::register);
		this.specs.forEach(factory::register);
		if (!this.lateProcesses) {
			registry.checkCalls();
			judging.bind(registry);
		}
		AtomicReference<Forks> simulating = new AtomicReference<>();
		SharedPlaces places = new SharedPlaces(zones, merging, volatiles);
		Workflows defined = new Workflows(registry, transactions::head, auditor::stop, facts, emitter(transactions),
				executor, known, places, this.workflowSettings.watchedBy(this.telemetry.runs()),
				(results, listener) -> Objects.requireNonNull(simulating.get())
					.simulation(transactions.head(), transactions.auditor().rules(), results, listener));
		defined.addAll(this.workflows);
		hearing.set(defined);
		hub.tap(defined::published);
		runs.takenBy(defined.directory());
		if (!this.lateProcesses) {
			registry.checkStarts(defined.names());
			enforced.checkNames(registry.all().stream().map(ProcessDefinition::id).toList(), defined.names());
		}
		tell(facts, transactions, registry, defined, held);
		if (this.relay != null) {
			held.start(this.relay);
		}
		Forks forks = new Forks(shared, transactions, registry, runner, reader, executor, known, defined,
				this.workflowSettings, () -> new MemoryCommitLog(this.historyVersions),
				() -> new SignalHub(this.signalCapacity, TheusEngineBuilder::refuseWithinTransaction),
				() -> Outbox.builder().clock(this.clock).random(this.random).build(), this::tell);
		simulating.set(forks);
		this.auditSinks.forEach(auditor::follow);
		return new DefaultTheusEngine(transactions, registry, runner, reader, executor,
				new ParallelCalls(registry, executor, transactions::head, places), defined, hub, held, heap,
				new History(transactions, commits, zones, volatiles), forks);
	}

	private HeavyAccessListener accessListener(Auditor auditor) {
		if (!this.auditAccess) {
			return HeavyAccessListener.NONE;
		}
		return (array, operation, elements, write) -> {
			Frame running = Frame.current();
			auditor.accessed((running != null) ? running.origin() : null, array.name(), operation, elements);
		};
	}

	// What an attempt allocates without its context belongs to it as well
	static @Nullable HeavyUse use(@Nullable Transactions transactions, String key) {
		Frame running = (transactions != null) ? transactions.running() : null;
		return (running != null) ? running.scope().allocating(key) : null;
	}

	// Of several recipes that say, the largest counts
	private int trailCapacity() {
		if (this.auditCapacity != null) {
			return this.auditCapacity;
		}
		return this.auditRecipes.stream()
			.map(AuditRecipe::capacity)
			.filter(Objects::nonNull)
			.mapToInt(Integer::intValue)
			.max()
			.orElse(AuditTrail.DEFAULT_CAPACITY);
	}

	private List<Invariant> allInvariants() {
		List<Invariant> all = new ArrayList<>(this.invariants);
		for (AuditRecipe recipe : this.auditRecipes) {
			all.addAll(recipe.invariants());
		}
		return all;
	}

	static SignalEmitter emitter(Transactions transactions) {
		return (origin, topic, payload) -> transactions.transact(TransactionOptions.named(origin), (tx) -> {
			tx.emit(topic, payload);
			return true;
		});
	}

	static void tell(@Nullable Workflows workflows, CommitRecord record) {
		if (workflows == null) {
			return;
		}
		switch (record.origin().kind()) {
			case STOP -> workflows.halt();
			case RESUME -> workflows.release();
			default -> {
				if (!record.changes().isEmpty()) {
					workflows.changed();
				}
			}
		}
	}

	// A signal that is out cannot be taken back when the attempt fails
	private static void refuseWithinTransaction() {
		Frame running = Frame.current();
		if (running != null) {
			throw new IllegalStateException(
					"a signal cannot be published at once within %s, emit it through the context, or publish it after the commit"
						.formatted(running.scope().origin()));
		}
	}

	private void tell(EngineFacts facts, Transactions transactions, ProcessRegistry processes, Workflows defined,
			Outbox held) {
		Instant started = this.clock.instant();
		facts.add("version", () -> transactions.head().version());
		facts.add("started", () -> started);
		String given = this.node;
		facts.add("node", (given != null) ? () -> given : new NodeName());
		facts.add("processes", () -> processes.all().size());
		facts.add("workflows", () -> defined.names().size());
		facts.add("outbox", () -> held.status().pending());
	}

	// The memory store begins empty, so this is the first commit if there is any content
	private void commit(InitialContent content, Transactions transactions) {
		Scope scope = transactions.begin(new CommitOrigin(Kind.INITIAL, "", null), OpenGuard.INITIAL,
				Deadline.in(this.transactionTimeout));
		try {
			content.writes().forEach(scope::set);
			transactions.commit(scope);
		}
		catch (SchemaViolationException ex) {
			throw content.located(ex);
		}
		catch (AuditException ex) {
			throw content.located(Path.parse(ex.path()), ex);
		}
		catch (ZoneViolationException ex) {
			throw content.located(ex.path(), ex);
		}
		catch (InvalidValueException ex) {
			throw content.located(ex.path(), ex);
		}
		catch (InvalidWriteException ex) {
			throw content.located(ex.path(), ex);
		}
		finally {
			transactions.abandon(scope);
		}
	}

}
