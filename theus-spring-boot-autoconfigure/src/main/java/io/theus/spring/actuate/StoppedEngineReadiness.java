package io.theus.spring.actuate;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

import io.theus.engine.TheusEngine;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitRecord;
import io.theus.transaction.CommitListener;

/**
 * Has the application refuse traffic while its engine is stopped.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class StoppedEngineReadiness
		implements CommitListener, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final ApplicationContext context;

	/**
	 * Create the listener.
	 * @param context the application, which has an engine when it is ready
	 */
	public StoppedEngineReadiness(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void committed(CommitRecord record) {
		if (record.origin().kind() == CommitOrigin.Kind.STOP) {
			AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		}
		else if (record.origin().kind() == CommitOrigin.Kind.RESUME) {
			AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	// An engine may be stopped before its application is ready
	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC
				&& this.context.getBean(TheusEngine.class).audit().stop().isPresent()) {
			AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		}
	}

}
