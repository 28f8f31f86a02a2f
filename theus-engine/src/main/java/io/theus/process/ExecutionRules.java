package io.theus.process;

import java.lang.reflect.Type;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.Propagation;
import io.theus.parallel.WorkerCall;

/**
 * How a process is executed, besides what its contract says.
 *
 * @param timeout the limit over all attempts and waits, {@code null} for the engine's
 * @param isolation how much must not have changed when it commits
 * @param propagation what it does where a transaction is running already
 * @param once what identifies an execution, {@code null} if each call is one of its own
 * @param returned what the method returns
 * @param parallel whether it runs on the threads of a pool
 * @param target its code as a worker finds it, {@code null} if none can
 */
record ExecutionRules(@Nullable Duration timeout, Isolation isolation, Propagation propagation,
		@Nullable KeyTemplate once, Type returned, boolean parallel, WorkerCall.@Nullable Target target) {

}
