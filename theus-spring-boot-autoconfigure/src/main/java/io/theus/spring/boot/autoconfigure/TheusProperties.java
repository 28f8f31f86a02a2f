package io.theus.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import io.theus.Isolation;
import io.theus.conflict.TicketScope;
import io.theus.parallel.ParallelMode;

/**
 * The properties of an engine.
 *
 * @param enabled whether there is an engine; without one, calls of process methods fail
 * @param nodeId the name of this node, by default its host with a random suffix
 * @param process how processes run
 * @param transaction how explicit transactions run
 * @param conflict how conflicts are retried
 * @param meta the log of commits
 * @param history the versions that are kept
 * @param signals the hub of signals
 * @param outbox the messages to the outside
 * @param inbox the messages from the outside
 * @param state what the state begins with and must look like
 * @param workflows what runs by itself
 * @param observations what is told to meters and traces
 * @param audit the rules about what processes do
 * @param heavy the memory of arrays
 * @param parallel how parallel processes run
 * @since 0.1.0
 */
@Validated
@ConfigurationProperties("theus")
public record TheusProperties(@DefaultValue("true") boolean enabled, @Nullable String nodeId,
		@Valid @DefaultValue Process process, @Valid @DefaultValue Transaction transaction,
		@Valid @DefaultValue Conflict conflict, @Valid @DefaultValue Meta meta, @Valid @DefaultValue History history,
		@Valid @DefaultValue Signals signals, @Valid @DefaultValue Outbox outbox, @Valid @DefaultValue Inbox inbox,
		@Valid @DefaultValue State state, @Valid @DefaultValue Workflows workflows,
		@DefaultValue Observations observations, @Valid @DefaultValue Audit audit, @Valid @DefaultValue Heavy heavy,
		@Valid @DefaultValue Parallel parallel) {

	/**
	 * How processes run.
	 *
	 * @param strict whether access that a contract does not declare is refused; otherwise
	 * it is only recorded
	 * @param timeout the time limit of an execution, over all attempts and waits, unless
	 * its process states one
	 * @param isolation how much must not have changed when a process commits that does
	 * not say so itself
	 * @param sideEffects whether processes may declare side effects
	 */
	public record Process(@DefaultValue("true") boolean strict,
			@DefaultValue("300s") @PositiveDuration Duration timeout, @DefaultValue("hybrid") Isolation isolation,
			@DefaultValue("declared") SideEffects sideEffects) {

	}

	/**
	 * Whether processes may have side effects.
	 */
	public enum SideEffects {

		/**
		 * Yes, if they declare them.
		 */
		DECLARED,

		/**
		 * No: a process that declares any is a start-up failure.
		 */
		FORBIDDEN

	}

	/**
	 * How explicit transactions run.
	 *
	 * @param timeout the time limit of an explicit transaction, over all attempts and
	 * waits, unless its options state one
	 * @param joinSpring whether work within a transaction of Spring commits with it or
	 * not at all
	 */
	public record Transaction(@DefaultValue("5s") @PositiveDuration Duration timeout,
			@DefaultValue("true") boolean joinSpring) {

	}

	/**
	 * How conflicts are retried.
	 *
	 * @param maxAttempts how often a process runs at most, the first time included
	 * @param base the wait after the first conflict, doubled by each further one
	 * @param cap the longest wait between attempts
	 * @param ticketAfter after how many conflicts in a row an execution is preferred to
	 * others
	 * @param lease how long the ticket of an execution that has died keeps others waiting
	 * @param ticketScope what a ticket keeps: what the execution declares and has
	 * touched, or the whole engine
	 * @param strictCas whether a compare-and-swap is refused whenever the state has
	 * changed at all
	 */
	public record Conflict(@DefaultValue("20") @Min(1) int maxAttempts,
			@DefaultValue("2ms") @PositiveDuration Duration base, @DefaultValue("2s") @PositiveDuration Duration cap,
			@DefaultValue("5") @Min(1) int ticketAfter, @DefaultValue("5s") @PositiveDuration Duration lease,
			@DefaultValue("execution") TicketScope ticketScope, @DefaultValue("false") boolean strictCas) {

	}

	/**
	 * The log of commits.
	 *
	 * @param capacity how many commits the meta log keeps
	 */
	public record Meta(@DefaultValue("1000") @Min(1) int capacity) {

	}

	/**
	 * The versions that are kept.
	 *
	 * @param versions how many versions of the state are kept for compare-and-swap and
	 * diagnosis
	 * @param maxMemory how much memory they may hold besides what they share with the
	 * newest one, as estimated
	 */
	public record History(@DefaultValue("256") @Min(1) int versions, @DefaultValue("64MB") DataSize maxMemory) {

	}

	/**
	 * The hub of signals.
	 *
	 * @param capacity how many signals are kept for subscribers that fall behind
	 * @param drainTimeout how long shutting down waits for signal listeners to work off
	 * what has been published
	 * @param events which signals become events of the application
	 */
	public record Signals(@DefaultValue("1024") @Min(1) int capacity, @DefaultValue("10s") Duration drainTimeout,
			@Valid @DefaultValue SignalEvents events) {

	}

	/**
	 * Which signals become events of the application.
	 *
	 * @param enabled whether signals become events where somebody listens to them
	 * @param topics which ones; a star stands for any run of characters
	 */
	public record SignalEvents(@DefaultValue("true") boolean enabled, @DefaultValue("*") String topics) {

	}

	/**
	 * The messages to the outside.
	 *
	 * @param enabled whether messages are handed to a relay; otherwise they stay pending
	 * @param maxPending how many messages are held at most, dead ones included; commits
	 * that would add more are refused
	 * @param maxMessageSize how large the content, key and headers of a message are at
	 * most
	 * @param maxMessagesPerCommit how many messages a commit has at most
	 * @param drainTimeout how long shutting down waits for messages to be delivered
	 * @param sendTimeout how long a relay may take to answer before a message is sent
	 * again; longer than it waits for its destination
	 * @param maxAttempts after how many failures of its own a message is dead
	 * @param strictOrder whether messages behind a dead one with the same topic and key
	 * wait until it is replayed or discarded
	 * @param keepSent how many messages are kept that were sent, to look at and to be
	 * replayed
	 * @param retry how messages are sent again that could not be delivered
	 * @param relay what delivers messages: {@code kafka}, {@code logging},
	 * {@code events}, {@code http} or the name of a bean of type {@code OutboxRelay}; by
	 * default the one bean there is, or else Kafka where it is present
	 * @param format which headers messages have
	 * @param source the source of events, a URI reference; by default made of the name of
	 * the application
	 * @param logging the relay that writes to the log
	 * @param http the relay that posts to URLs
	 */
	public record Outbox(@DefaultValue("true") boolean enabled, @DefaultValue("1000000") @Min(1) long maxPending,
			@DefaultValue("1000000B") DataSize maxMessageSize, @DefaultValue("1000") @Min(1) int maxMessagesPerCommit,
			@DefaultValue("10s") Duration drainTimeout, @DefaultValue("3m") @PositiveDuration Duration sendTimeout,
			@DefaultValue("10") @Min(1) int maxAttempts, @DefaultValue("false") boolean strictOrder,
			@DefaultValue("1000") @Min(0) int keepSent, @Valid @DefaultValue OutboxRetry retry, @Nullable String relay,
			@DefaultValue("plain") Format format, @Nullable String source, @Valid @DefaultValue LoggingRelay logging,
			@Valid @DefaultValue HttpRelay http) {

	}

	/**
	 * Which headers messages have.
	 */
	public enum Format {

		/**
		 * Those that were given, and those by which consumers recognise a message.
		 */
		PLAIN,

		/**
		 * Besides, the attributes of CloudEvents in binary content mode.
		 */
		CLOUDEVENTS

	}

	/**
	 * The relay that writes to the log.
	 *
	 * @param showContent whether key, headers and content of messages are shown, masked
	 * by the sanitizing functions of the application
	 */
	public record LoggingRelay(@DefaultValue("false") boolean showContent) {

	}

	/**
	 * The relay that posts to URLs.
	 *
	 * @param url the URL for topics that have none of their own, with {@code {topic}}
	 * where it differs
	 * @param urls the URLs of topics
	 * @param headers headers of every request, for example with credentials
	 * @param timeout how long connecting, and then the answer, may take
	 * @param connections how many requests are made at the same time
	 */
	public record HttpRelay(@Nullable String url, @DefaultValue Map<String, String> urls,
			@DefaultValue Map<String, String> headers, @DefaultValue("10s") @PositiveDuration Duration timeout,
			@DefaultValue("8") @Min(1) int connections) {

	}

	/**
	 * What recognises messages that come twice.
	 *
	 * @param retain how long a message that was processed is recognised
	 */
	public record Inbox(@DefaultValue("7d") @PositiveDuration Duration retain) {

	}

	/**
	 * What the state begins with and must look like.
	 *
	 * @param location where documents with the initial state are
	 * @param schema where documents with declarations of the state are, besides records
	 * annotated as state in the packages of the application
	 * @param merge where what transactions bring along is merged
	 * @param volatilePaths the places where the last writer wins, with {@code *} for any
	 * key
	 */
	public record State(@DefaultValue("classpath*:theus/state.yml") String location,
			@DefaultValue("classpath*:theus/schema.yml") String schema, @DefaultValue List<@Valid Merge> merge,
			@Name("volatile") @DefaultValue List<String> volatilePaths) {

	}

	/**
	 * How what transactions bring along is merged at some places.
	 *
	 * @param path the places, with {@code *} for any key
	 * @param rule {@code sum}, {@code max}, {@code min}, {@code append}, {@code union} or
	 * the name of a bean of type {@code MergeRule}
	 */
	public record Merge(@NotBlank String path, @NotBlank String rule) {

	}

	/**
	 * What runs by itself.
	 *
	 * @param enabled whether workflows are loaded
	 * @param locations where documents with workflows are
	 * @param definitions workflows as block strings, each a document with a name; dollar
	 * signs with braces are placeholders here as in all properties
	 * @param maxOps how many operations a run takes at most, unless its workflow says
	 * @param debug whether each step, expression and value is logged
	 * @param keepEnded how many runs that have ended can still be found
	 */
	public record Workflows(@DefaultValue("true") boolean enabled,
			@DefaultValue("classpath*:theus/workflows/*.y*ml") List<String> locations,
			@DefaultValue List<String> definitions, @DefaultValue("10000") @Min(1) long maxOps,
			@DefaultValue("false") boolean debug, @DefaultValue("1000") @Min(0) int keepEnded) {

	}

	/**
	 * What is told to meters and traces.
	 *
	 * @param enabled whether executions, commits and steps are observed
	 */
	public record Observations(@DefaultValue("true") boolean enabled) {

	}

	/**
	 * The rules about what processes do.
	 *
	 * @param enabled whether recipes are put in force
	 * @param location where the recipe is, by default {@code classpath:theus/audit.yml},
	 * which need not exist
	 * @param capacity how many entries the trail keeps, by default what the recipe says,
	 * or else 1000
	 * @param reload whether a recipe that has changed is put in force while the
	 * application runs
	 * @param reloadInterval how often to look whether it has changed
	 */
	public record Audit(@DefaultValue("true") boolean enabled, @Nullable String location,
			@Nullable @Min(1) Integer capacity, @DefaultValue("false") boolean reload,
			@DefaultValue("1s") @PositiveDuration Duration reloadInterval) {

	}

	/**
	 * The memory of arrays.
	 *
	 * @param capacity how much of it the engine may use
	 * @param registry the directory of the file that records which process owns which
	 * memory; by default one for each user, below that for temporary files
	 * @param scanInterval how often memory of processes is looked for that are gone
	 * @param auditAccess whether each operation on many elements leaves an entry in the
	 * trail of the audit
	 */
	public record Heavy(@DefaultValue("512MB") DataSize capacity, @Nullable Path registry,
			@DefaultValue("1m") @PositiveDuration Duration scanInterval, @DefaultValue("true") boolean auditAccess) {

	}

	/**
	 * How parallel processes run.
	 *
	 * @param mode where they run: on threads, or in worker processes
	 * @param poolSize how many run at the same time, by default two for each processor
	 * and at least two
	 * @param queueCapacity how many more may wait for a place
	 * @param drainTimeout how long shutting down waits for those that run before it
	 * interrupts them
	 * @param workerHeap the heap of each worker process
	 * @param workerOptions further options of the JVMs of worker processes
	 * @param workerFactory the name of the class that makes process beans in worker
	 * processes, by default their constructors are called
	 * @param workerStartTimeout how long a worker process may take to start
	 * @param workerGrace how long what is cancelled in a worker process may go on before
	 * the worker is killed
	 */
	public record Parallel(@DefaultValue("threads") ParallelMode mode, @Nullable @Min(1) Integer poolSize,
			@DefaultValue("1000") @Min(1) int queueCapacity, @DefaultValue("10s") Duration drainTimeout,
			@DefaultValue("512MB") DataSize workerHeap, @DefaultValue List<String> workerOptions,
			@Nullable String workerFactory, @DefaultValue("30s") @PositiveDuration Duration workerStartTimeout,
			@DefaultValue("5s") @PositiveDuration Duration workerGrace) {

	}

	/**
	 * How messages are sent again that could not be delivered.
	 *
	 * @param base the wait after the first failure of a message, doubled by each further
	 * one
	 * @param cap the longest wait before a message is sent again
	 */
	public record OutboxRetry(@DefaultValue("100ms") @PositiveDuration Duration base,
			@DefaultValue("10s") @PositiveDuration Duration cap) {

	}

}
