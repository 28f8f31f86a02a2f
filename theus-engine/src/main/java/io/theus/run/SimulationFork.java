package io.theus.run;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.audit.EngineStop;
import io.theus.process.ProcessRegistry;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;

/**
 * A private engine for one simulation.
 *
 * @param processes calls what it calls in the fork
 * @param head gives the newest version of the fork
 * @param stop gives why the fork is stopped, {@code null} if it is not
 * @param facts what the fork tells about itself
 * @param emitter commits signals in the fork
 * @param end lets go of the fork
 * @since 0.1.0
 */
public record SimulationFork(ProcessRegistry processes, Supplier<Snapshot> head, Supplier<@Nullable EngineStop> stop,
		EngineFacts facts, SignalEmitter emitter, Runnable end) implements AutoCloseable {

	@Override
	public void close() {
		this.end.run();
	}

}
