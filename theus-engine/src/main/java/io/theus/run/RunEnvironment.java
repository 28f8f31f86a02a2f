package io.theus.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import io.theus.audit.EngineStop;
import io.theus.process.CallOutcome;
import io.theus.process.CallSettings;
import io.theus.process.Overlaps;
import io.theus.process.ProcessDefinition;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;
import io.theus.workflow.Step;

/**
 * What runs need from outside: threads, time, state, processes, signals. A real engine or
 * a simulation.
 */
interface RunEnvironment {

	/**
	 * Return the time.
	 * @return nanoseconds since some moment
	 */
	long nanoTime();

	/**
	 * Let a thread of the engine do something.
	 * @param task what to do
	 * @throws java.util.concurrent.RejectedExecutionException if the engine is closed
	 */
	void execute(Runnable task);

	/**
	 * Do something later. It must not take long.
	 * @param delay how long to wait
	 * @param task what to do
	 * @return cancels it
	 * @throws java.util.concurrent.RejectedExecutionException if the engine is closed
	 */
	Future<?> after(Duration delay, Runnable task);

	/**
	 * Return the newest version of the state.
	 * @return the version
	 */
	Snapshot head();

	/**
	 * Return why the engine is stopped.
	 * @return the cause, {@code null} if it is not
	 */
	@Nullable EngineStop stop();

	/**
	 * Return what the engine tells about itself.
	 * @return the facts
	 */
	EngineFacts facts();

	/**
	 * Call a process.
	 * @param run the run that calls
	 * @param step the step that calls, or that is undone
	 * @param process the process
	 * @param arguments its arguments
	 * @param settings how
	 * @return complete at once if the process is over
	 */
	CompletableFuture<CallOutcome> call(Run run, Step step, ProcessDefinition process,
			Map<String, @Nullable Object> arguments, CallSettings settings);

	/**
	 * Return what tells which calls would be in each other's way.
	 * @return the overlaps of contracts
	 */
	Overlaps overlaps();

	/**
	 * Commit a signal.
	 * @param run the run that emits it
	 * @param topic the topic
	 * @param payload the payload
	 */
	void emit(Run run, String topic, @Nullable Object payload);

	/**
	 * Let signals of the hub find a wait.
	 * @param wait the wait
	 * @return stops that
	 */
	Runnable register(SignalWait wait);

	/**
	 * Have a condition looked at when the state has changed.
	 * @param condition looks at it
	 * @return stops that
	 */
	Runnable watch(Runnable condition);

	/**
	 * Return by how much the wait before another attempt differs from others.
	 * @return a factor around 1
	 */
	double jitter();

	/**
	 * Hear that a run cannot go on by itself.
	 * @param run the run
	 * @param step the step that could not be undone
	 * @param incident why
	 */
	void incident(Run run, Step step, Incident incident);

	/**
	 * Hear that a run has ended.
	 * @param run the run
	 */
	void ended(Run run);

	/**
	 * Return who hears what a run does.
	 * @param run the run
	 * @return its trace
	 */
	Trace trace(Run run);

}
