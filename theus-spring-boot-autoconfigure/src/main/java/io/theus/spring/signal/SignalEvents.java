package io.theus.spring.signal;

import java.util.Collection;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Publishes signals as events of the application, if somebody in it listens to
 * {@link SignalEvent}s. Events are published by a thread of their own: what their
 * listeners throw is logged and counted as that of a signal listener is.
 *
 * @since 0.1.0
 */
// Who listens is asked when all singletons have been made: Spring's own search for
// listener methods is over by then, because it is registered before all other beans. Who
// listens to everything, as some infrastructure does, has not asked for signals.
public final class SignalEvents implements SmartInitializingSingleton {

	private static final String NAME = "applicationEvents";

	private static final ResolvableType ASKED = ResolvableType.forClass(SignalEvent.class);

	private static final ResolvableType ANY = ResolvableType.forClass(ApplicationEvent.class);

	private final SignalListeners listeners;

	private final AbstractApplicationContext context;

	private final String topics;

	/**
	 * Create events.
	 * @param listeners has signals handed over
	 * @param context publishes events
	 * @param topics which signals become events, {@code *} stands for any run of
	 * characters
	 */
	public SignalEvents(SignalListeners listeners, AbstractApplicationContext context, String topics) {
		this.listeners = listeners;
		this.context = context;
		this.topics = topics;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (isAskedFor(this.context.getApplicationListeners()) || isAskedForByBean()) {
			this.listeners.add(NAME, this.topics,
					(signal) -> this.context.publishEvent(new SignalEvent(this.context, signal)));
		}
	}

	private static boolean isAskedFor(Collection<ApplicationListener<?>> known) {
		return known.stream()
			.map((listener) -> (listener instanceof GenericApplicationListener generic) ? generic
					: new GenericApplicationListenerAdapter(listener))
			.anyMatch((listener) -> listener.supportsEventType(ASKED) && !listener.supportsEventType(ANY));
	}

	// Listeners that are made late
	private boolean isAskedForByBean() {
		ResolvableType type = ResolvableType.forClassWithGenerics(ApplicationListener.class, SignalEvent.class);
		return this.context.getBeanNamesForType(type, true, false).length > 0;
	}

}
