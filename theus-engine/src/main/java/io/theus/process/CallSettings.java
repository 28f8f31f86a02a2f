package io.theus.process;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.internal.collection.PersistentMap;
import io.theus.store.RunPlace;
import io.theus.transaction.Scope;

/**
 * What holds for one call of a process in place of what its declaration says.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @param isolation how much must not have changed when it commits, {@code null} for what
 * the process declares
 * @param timeout how long all attempts and waits may take together, {@code null} for what
 * the process declares
 * @param signals what the call sees as signals, payloads by topic, in place of those of
 * the commit that made its snapshot; {@code null} for these. Payloads are stored values
 * @param place which step of a run calls, {@code null} outside of runs
 * @since 0.1.0
 */
public record CallSettings(@Nullable Isolation isolation, @Nullable Duration timeout,
		@Nullable Map<String, @Nullable Object> signals, @Nullable RunPlace place) {

	/**
	 * What the process declares.
	 */
	public static final CallSettings DECLARED = new CallSettings(null, null, null, null);

	/**
	 * Create settings; the map of signals is copied.
	 * @throws IllegalArgumentException if the time limit is not positive
	 */
	public CallSettings {
		if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
			throw new IllegalArgumentException(
					"a call needs time: timeout=%s, use a positive duration".formatted(timeout));
		}
		signals = (signals != null) ? PersistentMap.copyOf(signals) : null;
	}

	/**
	 * Return the same settings with an isolation.
	 * @param newIsolation how much must not have changed when it commits
	 * @return the settings
	 */
	public CallSettings withIsolation(Isolation newIsolation) {
		return new CallSettings(newIsolation, this.timeout, this.signals, this.place);
	}

	/**
	 * Return the same settings with a time limit.
	 * @param newTimeout how long all attempts and waits may take together
	 * @return the settings
	 * @throws IllegalArgumentException if it is not positive
	 */
	public CallSettings withTimeout(Duration newTimeout) {
		return new CallSettings(this.isolation, newTimeout, this.signals, this.place);
	}

	/**
	 * Return the same settings with signals.
	 * @param newSignals payloads by topic
	 * @return the settings
	 */
	public CallSettings withSignals(Map<String, @Nullable Object> newSignals) {
		return new CallSettings(this.isolation, this.timeout, newSignals, this.place);
	}

	/**
	 * Return the same settings for a call by a step.
	 * @param newPlace which step of a run calls
	 * @return the settings
	 */
	public CallSettings at(RunPlace newPlace) {
		return new CallSettings(this.isolation, this.timeout, this.signals, newPlace);
	}

	Scope seenIn(Scope scope) {
		return (this.signals != null) ? scope.seeing((PersistentMap<Object>) this.signals) : scope;
	}

	Isolation isolation(ProcessDefinition process) {
		return (this.isolation != null && this.isolation != Isolation.DEFAULT) ? this.isolation : process.isolation();
	}

	Duration timeout(ProcessDefinition process, Duration otherwise) {
		if (this.timeout != null) {
			return this.timeout;
		}
		Duration declared = process.timeout();
		return (declared != null) ? declared : otherwise;
	}

}
