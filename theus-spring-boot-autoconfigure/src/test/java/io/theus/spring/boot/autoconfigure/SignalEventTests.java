package io.theus.spring.boot.autoconfigure;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import io.theus.engine.TheusEngine;
import io.theus.signal.SignalHub;
import io.theus.spring.signal.SignalEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals as events of the application.
 */
@Timeout(120)
class SignalEventTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				SignalAutoConfiguration.class))
		.withBean(Notes.class);

	@Test
	void listenerMethodHearsSignalsAsEvents() {
		this.runner.withBean(Methods.class).run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			Notes notes = context.getBean(Notes.class);
			engine.transact((tx) -> {
				tx.set("domain.n", 1);
				tx.emit("sig_done", Map.of("id", 7));
				return true;
			});
			assertThat(notes.next()).isEqualTo("sig_done {id=7} " + engine.state().version());
			engine.signals().publish("cmd_go", null);
			assertThat(notes.next()).isEqualTo("cmd_go null -1");
			assertThat(notes.next()).isEqualTo("only cmd_go");
		});
	}

	@Test
	void applicationListenerHearsSignalsAsEvents() {
		this.runner.withBean(Listener.class).run((context) -> {
			assertThat(context.getBean(TheusEngine.class).signals().publish("sig_a", 1)).isEqualTo(1);
			assertThat(context.getBean(Notes.class).next()).isEqualTo("sig_a");
		});
	}

	@Test
	void listenerThatThrowsDisturbsNeitherPublisherNorTheNextEvent() {
		this.runner.withBean(Failing.class).run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			hub.publish("sig_bad", 1);
			hub.publish("sig_good", 1);
			assertThat(context.getBean(Notes.class).next()).isEqualTo("sig_good");
		});
	}

	@Test
	void nothingIsPublishedWhereNobodyAsks() {
		this.runner.withBean(Everything.class)
			.run((context) -> assertThat(context.getBean(TheusEngine.class).signals().publish("sig_a", 1)).isZero());
	}

	@Test
	void eventsMayBeSwitchedOff() {
		this.runner.withBean(Methods.class)
			.withPropertyValues("theus.signals.events.enabled=false")
			.run((context) -> assertThat(context.getBean(TheusEngine.class).signals().publish("sig_a", 1)).isZero());
	}

	@Test
	void eventsMayBeLimitedToSomeTopics() {
		this.runner.withBean(Methods.class).withPropertyValues("theus.signals.events.topics=cmd_*").run((context) -> {
			SignalHub hub = context.getBean(TheusEngine.class).signals();
			assertThat(hub.publish("sig_a", 1)).isZero();
			assertThat(hub.publish("cmd_b", 1)).isEqualTo(1);
			assertThat(context.getBean(Notes.class).next()).isEqualTo("cmd_b 1 -1");
		});
	}

	@Test
	void wrongTopicsAreRefused() {
		this.runner.withPropertyValues("theus.signals.events.topics=a b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage(
						"property 'theus.signals.events.topics' is invalid: invalid topic pattern 'a b': position=1, "
								+ "use letters, digits, '.', '_', '-' and '*'"));
	}

	static class Notes {

		private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

		void add(String note) {
			this.notes.add(note);
		}

		@Nullable String next() throws InterruptedException {
			return this.notes.poll(30, TimeUnit.SECONDS);
		}

	}

	static class Methods {

		private final Notes notes;

		Methods(Notes notes) {
			this.notes = notes;
		}

		@EventListener
		@Order(1)
		void any(SignalEvent event) {
			this.notes.add(event.getTopic() + " " + event.getPayload() + " " + event.getCommitVersion());
			assertThat(event.getSignal().topic()).isEqualTo(event.getTopic());
		}

		@EventListener(condition = "#event.topic == 'cmd_go'")
		@Order(2)
		void some(SignalEvent event) {
			this.notes.add("only " + event.getTopic());
		}

	}

	static class Listener implements ApplicationListener<SignalEvent> {

		private final Notes notes;

		Listener(Notes notes) {
			this.notes = notes;
		}

		@Override
		public void onApplicationEvent(SignalEvent event) {
			this.notes.add(event.getTopic());
		}

	}

	static class Failing {

		private final Notes notes;

		Failing(Notes notes) {
			this.notes = notes;
		}

		@EventListener
		void on(SignalEvent event) {
			if (event.getTopic().equals("sig_bad")) {
				throw new IllegalStateException("broken");
			}
			this.notes.add(event.getTopic());
		}

	}

	static class Everything {

		@EventListener
		void on(ApplicationEvent event) {
			assertThat(event).isNotInstanceOf(SignalEvent.class);
		}

	}

}
