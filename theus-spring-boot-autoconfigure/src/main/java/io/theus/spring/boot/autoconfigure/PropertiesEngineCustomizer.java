package io.theus.spring.boot.autoconfigure;

import org.springframework.core.Ordered;

import io.theus.conflict.ConflictSettings;
import io.theus.engine.TheusEngineBuilder;
import io.theus.heavy.HeavySettings;
import io.theus.outbox.Backoff;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxLimits;
import io.theus.parallel.ParallelSettings;
import io.theus.parallel.WorkerSettings;
import io.theus.run.WorkflowSettings;
import io.theus.spring.ListenerBeans;
import io.theus.spring.TheusEngineCustomizer;

/**
 * Applies the properties, before anybody else customizes the engine.
 */
final class PropertiesEngineCustomizer implements TheusEngineCustomizer, Ordered {

	private final TheusProperties properties;

	private final ListenerBeans listeners;

	PropertiesEngineCustomizer(TheusProperties properties, ListenerBeans listeners) {
		this.properties = properties;
		this.listeners = listeners;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void customize(TheusEngineBuilder builder) {
		TheusProperties from = this.properties;
		String node = from.nodeId();
		if (node != null) {
			set("theus.node-id", () -> builder.node(node));
		}
		builder.strict(from.process().strict());
		builder.isolation(from.process().isolation());
		builder.sideEffects(from.process().sideEffects() == TheusProperties.SideEffects.DECLARED);
		builder.strictCompareAndSwap(from.conflict().strictCas());
		set("theus.process.timeout", () -> builder.processTimeout(from.process().timeout()));
		set("theus.transaction.timeout", () -> builder.transactionTimeout(from.transaction().timeout()));
		set("theus.conflict", () -> builder.conflicts(settings(from.conflict())));
		set("theus.meta.capacity", () -> builder.metaCapacity(from.meta().capacity()));
		set("theus.history.max-memory", () -> builder.historyMemory(from.history().maxMemory().toBytes()));
		set("theus.history.versions", () -> builder.historyVersions(from.history().versions()));
		set("theus.signals.capacity", () -> builder.signalCapacity(from.signals().capacity()));
		set("theus.workflows", () -> builder.workflowSettings(settings(from.workflows())));
		set("theus.heavy", () -> builder.heavy(settings(from.heavy())).auditAccess(from.heavy().auditAccess()));
		set("theus.parallel", () -> builder.parallel(settings(from.parallel())));
		set("theus.outbox", () -> applyOutbox(from.outbox(), builder));
	}

	private static ConflictSettings settings(TheusProperties.Conflict from) {
		return new ConflictSettings(from.maxAttempts(), from.base(), from.cap(), from.ticketAfter(), from.lease(),
				from.ticketScope());
	}

	private WorkflowSettings settings(TheusProperties.Workflows from) {
		return new WorkflowSettings(from.maxOps(), from.debug(), this.listeners.workflowObservers(), from.keepEnded(),
				this.listeners.stepObservers());
	}

	private static HeavySettings settings(TheusProperties.Heavy from) {
		HeavySettings settings = HeavySettings.create()
			.withCapacity(from.capacity().toBytes())
			.withScanInterval(from.scanInterval());
		return (from.registry() != null) ? settings.withRegistryDirectory(from.registry()) : settings;
	}

	private static ParallelSettings settings(TheusProperties.Parallel from) {
		WorkerSettings workers = WorkerSettings.DEFAULT.withJvm(from.workerHeap().toBytes() + "", from.workerOptions())
			.withFactory(from.workerFactory())
			.withLimits(from.workerStartTimeout(), from.workerGrace(), from.drainTimeout())
			.withCustomizer(new ExecutableJarWorkers());
		ParallelSettings settings = ParallelSettings.DEFAULT.withMode(from.mode())
			.withQueueCapacity(from.queueCapacity())
			.withDrain(from.drainTimeout())
			.withWorkers(workers);
		return (from.poolSize() != null) ? settings.withPoolSize(from.poolSize()) : settings;
	}

	private static void applyOutbox(TheusProperties.Outbox from, TheusEngineBuilder builder) {
		builder.outbox(Outbox.builder()
			.maxPending(from.maxPending())
			.drainTimeout(from.drainTimeout())
			.sendTimeout(from.sendTimeout())
			.maxAttempts(from.maxAttempts())
			.strictOrder(from.strictOrder())
			.keepSent(from.keepSent())
			.backoff(new Backoff(from.retry().base(), 2, from.retry().cap()))
			.build());
		int size = (int) Math.min(from.maxMessageSize().toBytes(), Integer.MAX_VALUE);
		builder.messageLimits(new OutboxLimits(size, from.maxMessagesPerCommit()));
	}

	static void set(String property, Runnable application) {
		try {
			application.run();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidTheusPropertyException(property, ex);
		}
	}

}
