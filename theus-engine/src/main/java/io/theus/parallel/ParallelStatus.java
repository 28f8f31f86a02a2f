package io.theus.parallel;

import org.jspecify.annotations.Nullable;

/**
 * What parallel execution is doing.
 *
 * @param mode where parallel processes run
 * @param size how many may run at the same time
 * @param active how many of them run
 * @param queued how many wait for a place among them
 * @param waiting how many processes with side effects are under way, which wait for the
 * outside and take no place
 * @param rejected how many were refused so far because there was no room
 * @param completed how many attempts have ended so far, however they ended
 * @param workers the worker processes, {@code null} as long as none was needed
 * @since 0.1.0
 */
public record ParallelStatus(ParallelMode mode, int size, int active, int queued, int waiting, long rejected,
		long completed, @Nullable WorkerPoolStatus workers) {

}
