package io.theus.spring.signal;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.ClassUtils;

import io.theus.annotation.SignalListener;
import io.theus.error.LoggedFailure;
import io.theus.path.InvalidTopicException;
import io.theus.path.TopicPattern;
import io.theus.signal.SignalHub;
import io.theus.spring.BeanClasses;
import io.theus.spring.OutboxRelayLifecycle;
import io.theus.spring.SignalListenerObserver;

/**
 * Calls the signal listeners among the beans. They subscribe when all singletons have
 * been made and are called when the context starts, so that none of them misses what
 * others emit meanwhile. When the context stops, they work off what has been published
 * until then, before the outbox drains, to which they may add.
 *
 * @since 0.1.0
 */
// A listener has a thread while it has signals, and never more than one. The list of
// deliveries is guarded by this object; a bean may be made late on any thread.
public final class SignalListeners implements SmartInitializingSingleton, SmartLifecycle, DisposableBean {

	/**
	 * Started before web servers and after the outbox, stopped in the opposite order.
	 */
	public static final int PHASE = OutboxRelayLifecycle.PHASE + 1024;

	private static final Logger logger = LoggerFactory.getLogger(SignalListeners.class);

	private static final int IDLE_SECONDS = 10;

	private final SignalHub hub;

	private final ConfigurableListableBeanFactory beanFactory;

	private final SignalListenerPostProcessor made;

	private final Duration drainTimeout;

	private final Set<String> registered = ConcurrentHashMap.newKeySet();

	private final List<Source> sources = new ArrayList<>();

	private final List<SignalDelivery> deliveries = new ArrayList<>();

	private final ExecutorService executor = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS,
			TimeUnit.SECONDS, new SynchronousQueue<>(), threads());

	private volatile List<SignalListenerObserver> observers = List.of();

	private volatile boolean running;

	/**
	 * Create listeners.
	 * @param hub where signals are published
	 * @param beanFactory whose beans are searched
	 * @param made tells of beans that are made later
	 * @param drainTimeout how long stopping waits for listeners at most
	 */
	public SignalListeners(SignalHub hub, ConfigurableListableBeanFactory beanFactory, SignalListenerPostProcessor made,
			Duration drainTimeout) {
		this.hub = hub;
		this.beanFactory = beanFactory;
		this.made = made;
		this.drainTimeout = drainTimeout;
	}

	private static CustomizableThreadFactory threads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("theus-signal-listener-");
		threads.setDaemon(true);
		return threads;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.observers = this.beanFactory.getBeanProvider(SignalListenerObserver.class).orderedStream().toList();
		for (String name : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			if (!ScopedProxyUtils.isScopedTarget(name)) {
				Class<?> type = BeanClasses.targetClass(this.beanFactory, name);
				if (type != null) {
					register(name, type, singleton(name));
				}
			}
		}
		this.made.onMade((name, bean) -> register(name, AopUtils.getTargetClass(bean), bean));
	}

	private void register(String beanName, Class<?> type, @Nullable Object bean) {
		String name = ScopedProxyUtils.isScopedTarget(beanName) ? ScopedProxyUtils.getOriginalBeanName(beanName)
				: beanName;
		Map<Method, SignalListener> methods = ListenerMethod.of(ClassUtils.getUserClass(type));
		if (!methods.isEmpty() && this.registered.add(name)) {
			methods.forEach((method, annotation) -> register(name, method, annotation, bean));
		}
	}

	private void register(String name, Method method, SignalListener annotation, @Nullable Object bean) {
		ListenerMethod listener = ListenerMethod.create(name, method, () -> this.beanFactory.getBean(name));
		if (bean != null) {
			listener.check(bean);
		}
		add(listener.id(), topics(listener, annotation), listener);
	}

	// A factory bean is not what its name stands for
	private @Nullable Object singleton(String name) {
		return this.beanFactory.isFactoryBean(name) ? null : this.beanFactory.getSingleton(name);
	}

	private String topics(ListenerMethod listener, SignalListener annotation) {
		try {
			String topics = this.beanFactory.resolveEmbeddedValue(annotation.value());
			return TopicPattern.compile((topics != null) ? topics : "").toString();
		}
		catch (InvalidTopicException ex) {
			throw new InvalidSignalListenerException(listener.id(), String.valueOf(ex.getMessage()),
					"name a topic in @SignalListener, such as 'sig_done' or 'sig_*'");
		}
	}

	/**
	 * Have one more receiver called, as a listener is.
	 * @param id the name under which it is reported
	 * @param topics which signals it is called with
	 * @param receiver the receiver
	 */
	synchronized void add(String id, String topics, SignalDelivery.Receiver receiver) {
		Source source = new Source(id, topics, receiver);
		this.sources.add(source);
		SignalDelivery delivery = open(source);
		if (this.running) {
			delivery.start(this.executor);
		}
	}

	private SignalDelivery open(Source source) {
		SignalDelivery delivery = new SignalDelivery(source.id(), this.hub.subscribe(source.topics()),
				source.receiver(), new SignalListenerObserver() {

					@Override
					public void called(String listener, Duration duration, boolean failed) {
						tell((observer) -> observer.called(listener, duration, failed));
					}

					@Override
					public void missed(String listener, long count) {
						tell((observer) -> observer.missed(listener, count));
					}

				});
		this.deliveries.add(delivery);
		return delivery;
	}

	private void tell(Consumer<SignalListenerObserver> news) {
		for (SignalListenerObserver observer : this.observers) {
			try {
				news.accept(observer);
			}
			catch (RuntimeException ex) {
				logger.error("Observer of signal listeners failed", LoggedFailure.of(ex, logger));
			}
		}
	}

	@Override
	public synchronized void start() {
		if (this.deliveries.isEmpty()) {
			this.sources.forEach(this::open);
		}
		this.running = true;
		this.deliveries.forEach((delivery) -> delivery.start(this.executor));
	}

	@Override
	public void stop() {
		List<SignalDelivery> ending = take();
		ending.forEach(SignalDelivery::finish);
		long deadline = System.nanoTime() + this.drainTimeout.toNanos();
		try {
			for (SignalDelivery delivery : ending) {
				if (!delivery.awaitEnd(Math.max(0, deadline - System.nanoTime()))) {
					logger.warn("Signal listener '{}' has not ended in time: drain-timeout={}, it gets no more signals",
							delivery.name(), this.drainTimeout);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		ending.forEach(SignalDelivery::close);
	}

	private synchronized List<SignalDelivery> take() {
		this.running = false;
		List<SignalDelivery> taken = List.copyOf(this.deliveries);
		this.deliveries.clear();
		return taken;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	// A listener that hangs is told that nobody waits for it any more
	@Override
	public void destroy() {
		take().forEach(SignalDelivery::close);
		this.executor.shutdownNow();
	}

	/**
	 * What is called with which signals.
	 *
	 * @param id the name under which it is reported
	 * @param topics the pattern
	 * @param receiver is called
	 */
	private record Source(String id, String topics, SignalDelivery.Receiver receiver) {

	}

}
