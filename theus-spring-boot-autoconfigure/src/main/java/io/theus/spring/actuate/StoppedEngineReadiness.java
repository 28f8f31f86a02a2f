package io.theus.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

import io.theus.engine.TheusEngine;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitRecord;
import io.theus.transaction.CommitListener;

/**
 * Has the application refuse traffic while its engine is stopped, whatever others say.
 * When the engine goes on, the application is what they said last: one that has refused
 * traffic for a reason of its own still does.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// Spring Boot itself is among the others: it accepts traffic when the application is
// ready, and refuses it before and when it closes. The engine is stopped before that is
// told here, so whoever comes second, the stop or the others, sees the first.
public final class StoppedEngineReadiness
		implements CommitListener, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final ApplicationContext context;

	private volatile @Nullable ReadinessState others;

	/**
	 * Create the listener.
	 * @param context the application, which has an engine when it is ready
	 */
	public StoppedEngineReadiness(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void committed(CommitRecord record) {
		if (this.others != ReadinessState.ACCEPTING_TRAFFIC) {
			return;
		}
		if (record.origin().kind() == CommitOrigin.Kind.STOP) {
			say(ReadinessState.REFUSING_TRAFFIC);
		}
		else if (record.origin().kind() == CommitOrigin.Kind.RESUME) {
			say(ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	private void say(ReadinessState state) {
		AvailabilityChangeEvent.publish(this.context, this, state);
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getSource() == this) {
			return;
		}
		this.others = event.getState();
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC
				&& this.context.getBean(TheusEngine.class).audit().stop().isPresent()) {
			say(ReadinessState.REFUSING_TRAFFIC);
		}
	}

}
