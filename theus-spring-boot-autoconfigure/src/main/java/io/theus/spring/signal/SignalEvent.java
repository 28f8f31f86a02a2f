package io.theus.spring.signal;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;

import io.theus.signal.Signal;

/**
 * A signal as an event of the application.
 *
 * @since 0.1.0
 */
public final class SignalEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient Signal signal;

	SignalEvent(Object source, Signal signal) {
		super(source);
		this.signal = signal;
	}

	/**
	 * Return the signal.
	 * @return the signal as it was published
	 */
	public Signal getSignal() {
		return this.signal;
	}

	/**
	 * Return what the signal is about.
	 * @return the topic
	 */
	public String getTopic() {
		return this.signal.topic();
	}

	/**
	 * Return what the signal carries.
	 * @return an immutable value, or {@code null}
	 */
	public @Nullable Object getPayload() {
		return this.signal.payload();
	}

	/**
	 * Return which commit emitted the signal.
	 * @return its version, or {@link Signal#NO_COMMIT}
	 */
	public long getCommitVersion() {
		return this.signal.commitVersion();
	}

}
