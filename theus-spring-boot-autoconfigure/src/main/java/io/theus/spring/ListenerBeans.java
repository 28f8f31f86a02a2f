package io.theus.spring;

import java.time.Duration;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.theus.engine.TheusEngineBuilder;
import io.theus.error.LoggedFailure;
import io.theus.process.ProcessExecution;
import io.theus.process.ProcessListener;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.run.StepObserver;
import io.theus.run.StepVisit;
import io.theus.run.WorkflowObserver;
import io.theus.store.CommitRecord;
import io.theus.transaction.CommitListener;

/**
 * Passes on what the engine does to the listeners among the beans. They are looked up
 * when all singletons have been made, because they may depend on processes or on the
 * engine itself; what happens earlier, the initial state for example, they do not hear.
 *
 * @since 0.1.0
 */
public final class ListenerBeans implements TheusEngineCustomizer, SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(ListenerBeans.class);

	private final ListableBeanFactory beanFactory;

	private volatile List<CommitListener> commitListeners = List.of();

	private volatile List<ProcessListener> processListeners = List.of();

	private volatile List<WorkflowObserver> workflowObservers = List.of();

	private volatile List<StepObserver> stepObservers = List.of();

	/**
	 * Create listeners.
	 * @param beanFactory has the beans
	 */
	public ListenerBeans(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	// The engine does less where nobody listens
	@Override
	public void customize(TheusEngineBuilder builder) {
		if (exists(CommitListener.class)) {
			builder.commitListener(this::committed);
		}
		if (exists(ProcessListener.class)) {
			builder.processListener(this::finished);
		}
	}

	/**
	 * Return what hears of runs.
	 * @return an observer that passes on what it hears, none if nobody listens
	 */
	public List<WorkflowObserver> workflowObservers() {
		return exists(WorkflowObserver.class) ? List.of(this::stateChanged) : List.of();
	}

	/**
	 * Return what hears of steps.
	 * @return an observer that passes on what it hears, none if nobody listens
	 */
	public List<StepObserver> stepObservers() {
		return exists(StepObserver.class) ? List.of(this::stepVisited) : List.of();
	}

	private boolean exists(Class<?> type) {
		return this.beanFactory.getBeanNamesForType(type, true, false).length > 0;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.commitListeners = this.beanFactory.getBeanProvider(CommitListener.class).orderedStream().toList();
		this.processListeners = this.beanFactory.getBeanProvider(ProcessListener.class).orderedStream().toList();
		this.workflowObservers = this.beanFactory.getBeanProvider(WorkflowObserver.class).orderedStream().toList();
		this.stepObservers = this.beanFactory.getBeanProvider(StepObserver.class).orderedStream().toList();
	}

	private void committed(CommitRecord record) {
		for (CommitListener listener : this.commitListeners) {
			try {
				listener.committed(record);
			}
			catch (RuntimeException ex) {
				logger.error("Listener failed after commit version={}", record.version(), LoggedFailure.of(ex, logger));
			}
		}
	}

	private void finished(ProcessExecution execution) {
		for (ProcessListener listener : this.processListeners) {
			try {
				listener.finished(execution);
			}
			catch (RuntimeException ex) {
				logger.error("Listener failed after execution '{}'", execution.executionId(),
						LoggedFailure.of(ex, logger));
			}
		}
	}

	private void stateChanged(Run run, RunState state) {
		for (WorkflowObserver observer : this.workflowObservers) {
			try {
				observer.stateChanged(run, state);
			}
			catch (RuntimeException ex) {
				logger.error("Observer failed after run '{}' became {}", run.id(), state, LoggedFailure.of(ex, logger));
			}
		}
	}

	private void stepVisited(Run run, StepVisit visit, Duration duration) {
		for (StepObserver observer : this.stepObservers) {
			try {
				observer.stepVisited(run, visit, duration);
			}
			catch (RuntimeException ex) {
				logger.error("Observer failed after run '{}' had visited step '{}'", run.id(), visit.step(),
						LoggedFailure.of(ex, logger));
			}
		}
	}

}
