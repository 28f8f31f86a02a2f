package io.theus.spring.boot.autoconfigure;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.AliasFor;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.annotation.SignalListener;
import io.theus.engine.TheusEngine;
import io.theus.signal.Signal;
import io.theus.signal.SignalHub;
import io.theus.spring.SignalListenerObserver;
import io.theus.spring.signal.InvalidSignalListenerException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods of beans that are called with signals.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class SignalListenerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				SignalAutoConfiguration.class, TheusMetricsAutoConfiguration.class))
		.withBean(Notes.class)
		.withBean(SimpleMeterRegistry.class);

	@Test
	void listenerIsCalledWithPayloadAndSignal() {
		this.runner.withBean("listener", Listener.class).run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			Notes notes = context.getBean(Notes.class);
			assertThat(hub.publish("sig_text", "hello")).isEqualTo(1);
			assertThat(notes.next()).isEqualTo("text hello");
			hub.publish("sig_number", 7);
			assertThat(notes.next()).isEqualTo("number 7");
			hub.publish("sig_both", List.of(1, 2));
			assertThat(notes.next()).isEqualTo("both sig_both [1, 2]");
			hub.publish("sig_neither", null);
			assertThat(notes.next()).isEqualTo("neither");
			assertThat(hub.publish("cmd_other", null)).isZero();
		});
	}

	@Test
	void listenerSeesTheCommitThatEmittedItsSignalAndMayCallProcesses() {
		this.runner.withBean("counter", Counter.class).run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			engine.execute("counter.add", 1);
			Awaitility.await().until(() -> engine.state().find("domain.total", Integer.class).orElse(0) == 5);
			assertThat(engine.state().get("domain.count", Integer.class)).isEqualTo(5);
		});
	}

	@Test
	void listenerThatThrowsGoesOnWithTheNextSignal(CapturedOutput output) {
		this.runner.withBean("listener", Failing.class).run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			hub.publish("sig_a", "bad");
			hub.publish("sig_a", 7);
			hub.publish("sig_a", "good");
			assertThat(context.getBean(Notes.class).next()).isEqualTo("good");
			assertThat(output).contains("Signal listener 'listener.on' failed at signal 'sig_a': version=none")
				.contains("java.lang.IllegalStateException")
				.contains("value at 'signal.sig_a' cannot be read as java.lang.String without loss: "
						+ "actual=java.lang.Integer, read it as the stored type");
			SimpleMeterRegistry meters = context.getBean(SimpleMeterRegistry.class);
			assertThat(meters.get("theus.signals.listener.errors").tag("listener", "listener.on").counter().count())
				.isEqualTo(2);
			Awaitility.await().until(() -> meters.get("theus.signals.listener").timer().count() == 3);
		});
	}

	@Test
	void listenerGoesOnAfterAnErrorAndWhateverObserversThrow(CapturedOutput output) {
		this.runner.withBean("listener", Failing.class).withBean(FailingObserver.class).run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			hub.publish("sig_a", "missing");
			hub.publish("sig_a", "good");
			assertThat(context.getBean(Notes.class).next()).isEqualTo("good");
			assertThat(output).contains("Signal listener 'listener.on' failed at signal 'sig_a': version=none")
				.contains("java.lang.NoClassDefFoundError")
				.contains("Observer of signal listeners failed");
		});
	}

	@Test
	void listenerThatFellBehindIsSaidAndCounted(CapturedOutput output) {
		this.runner.withBean("listener", Slow.class).withPropertyValues("theus.signals.capacity=4").run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			Slow slow = context.getBean(Slow.class);
			hub.publish("sig_a", 0);
			assertThat(slow.inside.await(30, TimeUnit.SECONDS)).isTrue();
			for (int i = 1; i <= 10; i++) {
				hub.publish("sig_a", i);
			}
			slow.goOn.countDown();
			Notes notes = context.getBean(Notes.class);
			assertThat(List.of(notes.next(), notes.next(), notes.next(), notes.next(), notes.next()))
				.containsExactly("0", "7", "8", "9", "10");
			assertThat(output)
				.contains("Signal listener 'listener.on' is too slow: subscription 'sig_*' missed 6 signals");
			assertThat(context.getBean(SimpleMeterRegistry.class)
				.get("theus.signals.listener.missed")
				.tag("listener", "listener.on")
				.counter()
				.count()).isEqualTo(6);
		});
	}

	@Test
	void eachListenerHasAThreadOfItsOwn() {
		this.runner.withBean("slow", Slow.class).withBean("listener", Listener.class).run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			hub.publish("sig_text", "stuck in the slow one");
			assertThat(context.getBean(Notes.class).next()).isEqualTo("text stuck in the slow one");
			context.getBean(Slow.class).goOn.countDown();
		});
	}

	@Test
	void lazyAndPrototypeBeansAreMadeForTheirSignals() {
		this.runner.withUserConfiguration(LateBeans.class).run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			Notes notes = context.getBean(Notes.class);
			assertThat(notes.all()).isEmpty();
			hub.publish("sig_lazy", 1);
			assertThat(List.of(notes.next(), notes.next())).containsExactly("made lazy", "lazy 1");
			hub.publish("sig_lazy", 2);
			assertThat(notes.next()).isEqualTo("lazy 2");
			hub.publish("sig_prototype", 1);
			hub.publish("sig_prototype", 2);
			assertThat(List.of(notes.next(), notes.next(), notes.next(), notes.next()))
				.containsExactly("made prototype", "prototype 1", "made prototype", "prototype 2");
		});
	}

	@Test
	void beanThatShowsItsClassOnlyWhenItIsMadeListensFromThenOn() {
		this.runner.withUserConfiguration(HiddenBean.class).run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			assertThat(hub.publish("sig_lazy", 1)).isZero();
			context.getBean("hidden");
			assertThat(hub.publish("sig_lazy", 2)).isEqualTo(1);
			Notes notes = context.getBean(Notes.class);
			assertThat(List.of(notes.next(), notes.next())).containsExactly("made lazy", "lazy 2");
		});
	}

	@Test
	void listenerOfAnInterfaceIsCalledThroughItsProxy() {
		this.runner.withBean("proxied", Hears.class, () -> {
			ProxyFactory factory = new ProxyFactory(new ProxiedListener());
			factory.setInterfaces(Hears.class);
			return (Hears) factory.getProxy();
		}).run((context) -> {
			context.getBean(TheusEngine.class).signals().publish("sig_done", "x");
			Awaitility.await().until(() -> ProxiedListener.heard.equals(List.of("x")));
		});
	}

	@Test
	void annotationMayBeComposedAndItsTopicAPlaceholder() {
		this.runner.withBean("listener", Composed.class).withPropertyValues("app.topic=sig_composed").run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			hub.publish("sig_composed", "a");
			hub.publish("cmd_alias", "b");
			Notes notes = context.getBean(Notes.class);
			assertThat(List.of(notes.next(), notes.next())).containsExactlyInAnyOrder("placeholder a", "alias b");
		});
	}

	@Test
	void signalsFromBeforeTheStartOfListenersArePassed() {
		this.runner.withBean("listener", Listener.class).withBean("early", Early.class).run((context) -> {
			Notes notes = context.getBean(Notes.class);
			assertThat(notes.next()).isEqualTo("text early");
		});
	}

	@Test
	void whatWasPublishedIsWorkedOffWhenTheContextCloses() {
		Notes[] notes = new Notes[1];
		this.runner.withBean("listener", Slow.class).run((context) -> {
			notes[0] = context.getBean(Notes.class);
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			Slow slow = context.getBean(Slow.class);
			for (int i = 0; i < 3; i++) {
				hub.publish("sig_a", i);
			}
			assertThat(slow.inside.await(30, TimeUnit.SECONDS)).isTrue();
			slow.goOn.countDown();
		});
		assertThat(notes[0].all()).containsExactly("0", "1", "2");
	}

	@Test
	void listenerThatDoesNotEndIsNotWaitedForWithoutLimit(CapturedOutput output) {
		this.runner.withBean("listener", Slow.class)
			.withPropertyValues("theus.signals.drain-timeout=10ms")
			.run((context) -> {
				context.getBean(TheusEngine.class).signals().publish("sig_a", 1);
				assertThat(context.getBean(Slow.class).inside.await(30, TimeUnit.SECONDS)).isTrue();
			});
		assertThat(output).contains("Signal listener 'listener.on' has not ended in time: drain-timeout=PT0.01S, "
				+ "it gets no more signals");
	}

	@Test
	void listenersHearAgainAfterTheContextWasStoppedAndStarted() {
		this.runner.withBean("listener", Listener.class).run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			context.getSourceApplicationContext().stop();
			assertThat(hub.publish("sig_text", "unheard")).isZero();
			context.getSourceApplicationContext().start();
			assertThat(hub.publish("sig_text", "heard")).isEqualTo(1);
			assertThat(context.getBean(Notes.class).next()).isEqualTo("text heard");
		});
	}

	@Test
	void wrongListenersAreRefusedWhenTheContextStarts() {
		refused(WrongTopic.class,
				"invalid topic pattern 'sig a': position=3, use letters, digits, '.', '_', '-' and '*', "
						+ "name a topic in @SignalListener, such as 'sig_done' or 'sig_*'");
		refused(PrivateMethod.class, "its method is private, make it an instance method that is not private");
		refused(StaticMethod.class, "its method is static, make it an instance method that is not private");
		refused(TwoPayloads.class,
				"it has 3 parameters, 2 of them for the payload, take the payload, a Signal, both or neither");
	}

	@Test
	void finalMethodOfAProxiedBeanIsRefused() {
		this.runner.withUserConfiguration(FinalMethod.class)
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOf(InvalidSignalListenerException.class)
				.hasMessage(
						"signal listener 'bean.on' is declared wrongly: its method is final, and the bean has a proxy "
								+ "that cannot pass the call on, make the method not final"));
	}

	private void refused(Class<?> listener, String problem) {
		this.runner.withBean("bean", listener)
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOf(InvalidSignalListenerException.class)
				.hasMessage("signal listener 'bean.on' is declared wrongly: " + problem));
	}

	static class Notes {

		private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

		void add(String note) {
			this.notes.add(note);
		}

		@Nullable String next() throws InterruptedException {
			return this.notes.poll(30, TimeUnit.SECONDS);
		}

		List<String> all() {
			return List.copyOf(this.notes);
		}

	}

	static class Listener {

		private final Notes notes;

		Listener(Notes notes) {
			this.notes = notes;
		}

		@SignalListener("sig_text")
		void text(String payload) {
			this.notes.add("text " + payload);
		}

		@SignalListener("sig_number")
		void number(long payload) {
			this.notes.add("number " + payload);
		}

		@SignalListener("sig_bo*")
		void both(Signal signal, List<Integer> payload) {
			this.notes.add("both " + signal.topic() + " " + payload);
		}

		@SignalListener("sig_neither")
		void neither() {
			this.notes.add("neither");
		}

	}

	static class Counter {

		private final ProcessContext state;

		private final TheusEngine engine;

		Counter(ProcessContext state, @Lazy TheusEngine engine) {
			this.state = state;
			this.engine = engine;
		}

		@Process(updates = "domain.count", emits = "sig_added")
		void add(int amount) {
			int count = this.state.find("domain.count", Integer.class).orElse(0) + amount;
			this.state.set("domain.count", count);
			this.state.emit("sig_added", count);
		}

		@SignalListener("sig_added")
		@Process(inputs = "domain.count", outputs = "domain.total")
		void added(int count) {
			this.state.set("domain.total", this.state.get("domain.count", Integer.class));
		}

		@SignalListener("sig_added")
		void again(int count) {
			if (count < 5) {
				this.engine.execute("counter.add", 1);
			}
		}

	}

	static class Failing {

		private final Notes notes;

		Failing(Notes notes) {
			this.notes = notes;
		}

		@SignalListener("sig_a")
		void on(String payload) {
			if (payload.equals("bad")) {
				throw new IllegalStateException("broken");
			}
			if (payload.equals("missing")) {
				throw new NoClassDefFoundError("missing");
			}
			this.notes.add(payload);
		}

	}

	static class FailingObserver implements SignalListenerObserver {

		@Override
		public void called(String listener, Duration duration, boolean failed) {
			throw new IllegalStateException("broken");
		}

		@Override
		public void missed(String listener, long count) {
			throw new IllegalStateException("broken");
		}

	}

	static class Slow {

		final CountDownLatch inside = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		private final Notes notes;

		Slow(Notes notes) {
			this.notes = notes;
		}

		@SignalListener("sig_*")
		void on(Object payload) throws InterruptedException {
			this.inside.countDown();
			this.goOn.await();
			this.notes.add(String.valueOf(payload));
		}

	}

	static class Late {

		private final String name;

		private final Notes notes;

		Late(String name, Notes notes) {
			this.name = name;
			this.notes = notes;
			notes.add("made " + name);
		}

		void note(Object payload) {
			this.notes.add(this.name + " " + payload);
		}

	}

	static class LazyListener extends Late {

		LazyListener(Notes notes) {
			super("lazy", notes);
		}

		@SignalListener("sig_lazy")
		void on(Object payload) {
			note(payload);
		}

	}

	static class PrototypeListener extends Late {

		PrototypeListener(Notes notes) {
			super("prototype", notes);
		}

		@SignalListener("sig_prototype")
		void on(Object payload) {
			note(payload);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LateBeans {

		@Bean
		@Lazy
		LazyListener lazy(Notes notes) {
			return new LazyListener(notes);
		}

		@Bean
		@Scope("prototype")
		PrototypeListener prototype(Notes notes) {
			return new PrototypeListener(notes);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HiddenBean {

		@Bean
		@Lazy
		Object hidden(Notes notes) {
			return new LazyListener(notes);
		}

	}

	interface Hears {

		@SignalListener("sig_done")
		void done(String payload);

	}

	static class ProxiedListener implements Hears {

		static final List<String> heard = new ArrayList<>();

		@Override
		public synchronized void done(String payload) {
			heard.add(payload);
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@SignalListener("")
	@interface OnSignal {

		@AliasFor(annotation = SignalListener.class, attribute = "value")
		String topic();

	}

	static class Composed {

		private final Notes notes;

		Composed(Notes notes) {
			this.notes = notes;
		}

		@SignalListener("${app.topic}")
		void placeholder(String payload) {
			this.notes.add("placeholder " + payload);
		}

		@OnSignal(topic = "cmd_alias")
		void alias(String payload) {
			this.notes.add("alias " + payload);
		}

	}

	static class Early implements SmartLifecycle {

		private final TheusEngine engine;

		private volatile boolean running;

		Early(TheusEngine engine) {
			this.engine = engine;
		}

		@Override
		public void start() {
			this.running = true;
			this.engine.signals().publish("sig_text", "early");
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return 0;
		}

	}

	static class WrongTopic {

		@SignalListener("sig a")
		void on() {
			// Refused before it can be called
		}

	}

	static class PrivateMethod {

		@SignalListener("sig_a")
		@SuppressWarnings("UnusedMethod")
		private void on() {
			// Refused before it can be called
		}

	}

	static class StaticMethod {

		@SignalListener("sig_a")
		static void on() {
			// Refused before it can be called
		}

	}

	static class TwoPayloads {

		@SignalListener("sig_a")
		void on(String one, Signal signal, String two) {
			// Refused before it can be called
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalMethod {

		@Bean
		Guarded bean() {
			return new Guarded();
		}

		static class Guarded {

			@Process
			void run() {
				// Makes the bean have a proxy
			}

			@SignalListener("sig_a")
			final void on() {
				// Refused before it can be called
			}

		}

	}

}
