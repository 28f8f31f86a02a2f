package io.theus.spring.observation;

import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.telemetry.Activity;

/**
 * An activity of an engine as an observation.
 */
// The message of a failure may have values of the state in it, and spans go to other
// machines. So handlers are not told of the failure itself: meters take its class from
// the context, and traces mark what has a key value 'error' as failed.
final class ObservedActivity implements Activity {

	private static final Logger logger = LoggerFactory.getLogger(ObservedActivity.class);

	private final Observation observation;

	private final AtomicBoolean ended = new AtomicBoolean();

	private ObservedActivity(Observation observation) {
		this.observation = observation;
	}

	// What observes may fail, which is no reason for the engine to do so
	static Activity start(Observation observation) {
		if (observation.isNoop()) {
			return Activity.NONE;
		}
		try {
			return new ObservedActivity(observation.start());
		}
		catch (RuntimeException ex) {
			logger.warn("{} goes unobserved", name(observation), ex);
			return Activity.NONE;
		}
	}

	@Override
	public Binding bind() {
		return bind(this.observation);
	}

	static Binding bind(Observation observation) {
		try {
			Observation.Scope scope = observation.openScope();
			return () -> close(observation, scope);
		}
		catch (RuntimeException ex) {
			logger.warn("{} has no scope on this thread", name(observation), ex);
			return Binding.NONE;
		}
	}

	private static void close(Observation observation, Observation.Scope scope) {
		try {
			scope.close();
		}
		catch (RuntimeException ex) {
			logger.warn("scope of {} was not closed", name(observation), ex);
		}
	}

	@Override
	public void end(String outcome, @Nullable Throwable failure) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		Observation.Context context = this.observation.getContext();
		((OutcomeContext) context).setOutcome(outcome);
		if (failure != null) {
			context.setError(failure);
			context.addHighCardinalityKeyValue(KeyValue.of("error", failure.getClass().getSimpleName()));
		}
		try {
			this.observation.stop();
		}
		catch (RuntimeException ex) {
			logger.warn("end of {} was not observed", name(this.observation), ex);
		}
	}

	private static String name(Observation observation) {
		return "observation '%s'".formatted(observation.getContextView().getName());
	}

}
