package io.theus.audit;

import io.theus.error.TheusException;

/**
 * Work was refused because an audit rule has stopped the engine. Nothing of it remains;
 * it can be done again once the engine was resumed.
 *
 * @since 0.1.0
 */
public final class EngineStoppedException extends TheusException {

	private final EngineStop stop;

	/**
	 * Create the exception.
	 * @param work what was refused
	 * @param stop why the engine has stopped
	 */
	public EngineStoppedException(String work, EngineStop stop) {
		super("%s is refused, the engine is stopped: rule=%s, cause=%s, path=%s, by=%s, since=%s, resume it with a reason when the cause is mended"
			.formatted(work, stop.rule(), stop.problem(), stop.path(), stop.origin(), stop.time()));
		this.stop = stop;
	}

	/**
	 * Return why the engine has stopped.
	 * @return the cause
	 */
	public EngineStop stop() {
		return this.stop;
	}

}
