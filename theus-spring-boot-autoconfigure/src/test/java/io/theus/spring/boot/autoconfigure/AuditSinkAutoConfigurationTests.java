package io.theus.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.AuditLevel;
import io.theus.audit.AuditBlockException;
import io.theus.audit.AuditEntry;
import io.theus.audit.AuditSink;
import io.theus.audit.AuditStopException;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.engine.TheusEngine;
import io.theus.spring.TheusEngineCustomizer;
import io.theus.spring.actuate.AuditEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where the entries of the audit trail go.
 */
class AuditSinkAutoConfigurationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final AuditRecipe[] RECIPES = { TestRecipes.text("count", "text", AuditLevel.COUNT, 0),
			TestRecipes.text("block", "text", AuditLevel.BLOCK, 1),
			TestRecipes.text("stop", "text", AuditLevel.STOP, 0) };

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				AuditSinkAutoConfiguration.class))
		.withBean(TheusEngineCustomizer.class, () -> (builder) -> {
			builder.audit(RECIPES);
			for (String name : List.of("count", "block", "stop")) {
				builder.process(name,
						(spec) -> spec.updates("domain.text").argument("text", String.class).body((state, args) -> {
							state.set("domain.text", args.get("text"));
							return null;
						}));
			}
		});

	private static TheusEngine engine(ApplicationContext context) {
		return context.getBean(TheusEngine.class);
	}

	@Test
	void sinkBeansReceiveEntriesAlsoThoseOfTheStart() {
		Kept kept = new Kept();
		this.runner.withBean(AuditSink.class, () -> kept)
			.withUserConfiguration(EarlyConfiguration.class)
			.run((context) -> {
				engine(context).execute("count", "bad news");
				assertThat(engine(context).audit().drain(LONG)).isTrue();
				assertThat(kept.entries).extracting(AuditEntry::origin).containsExactly("edit", "process 'count'");
				assertThat(kept.entries).extracting(AuditEntry::value).containsExactly(null, "******");
			});
	}

	@Test
	void sinkThatFailsDoesNotKeepOthersFromHearing() {
		Kept kept = new Kept();
		this.runner.withBean("broken", AuditSink.class, () -> (entry) -> {
			throw new IllegalStateException("broken");
		}).withBean("kept", AuditSink.class, () -> kept).run((context) -> {
			engine(context).execute("count", "bad news");
			assertThat(engine(context).audit().drain(LONG)).isTrue();
			assertThat(kept.entries).hasSize(1);
		});
	}

	@Test
	void sinksGetWhatIsLeftWhenTheContextCloses() {
		CountDownLatch go = new CountDownLatch(1);
		Kept kept = new Kept();
		this.runner.withBean(AuditSink.class, () -> (entry) -> {
			go.await();
			kept.accept(entry);
		}).run((context) -> {
			for (int i = 0; i < 50; i++) {
				engine(context).execute("count", "bad " + i);
			}
			assertThat(kept.entries).isEmpty();
			go.countDown();
		});
		assertThat(kept.entries).hasSize(50);
	}

	@Test
	void nothingFollowsTheTrailWithoutSinks() {
		this.runner.run((context) -> {
			engine(context).execute("count", "bad news");
			assertThat(engine(context).audit().drain(Duration.ZERO)).isTrue();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("theus-audit");
		});
	}

	@Test
	void entriesAreAuditEventsWithoutValues() {
		InMemoryAuditEventRepository events = new InMemoryAuditEventRepository();
		this.runner.withBean(InMemoryAuditEventRepository.class, () -> events)
			.withBean("mask", TheusEngineCustomizer.class,
					() -> (builder) -> builder.valueMask((path, value) -> "shown " + value))
			.run((context) -> {
				engine(context).execute("count", "bad secret");
				assertThatExceptionOfType(AuditStopException.class)
					.isThrownBy(() -> engine(context).execute("stop", "bad secret"));
				engine(context).resume("it was a test");
				assertThat(engine(context).audit().drain(LONG)).isTrue();
			});
		List<AuditEvent> found = events.find("theus", null, null);
		assertThat(found).extracting(AuditEvent::getType)
			.containsExactly("THEUS_AUDIT_INPUT", "THEUS_AUDIT_INPUT", "THEUS_AUDIT_STOP", "THEUS_AUDIT_RESUME");
		assertThat(found.get(0).getData()).containsEntry("origin", "process 'count'")
			.containsEntry("rule", "count:input:text")
			.containsEntry("level", AuditLevel.COUNT)
			.containsEntry("count", 1L)
			.containsEntry("version", 1L)
			.containsEntry("message", "is bad")
			.containsKey("execution")
			.doesNotContainKey("value");
		assertThat(found.get(1).getData()).doesNotContainKey("version");
		assertThat(found.get(3).getData()).containsOnlyKeys("sequence", "origin", "version", "message");
		assertThat(found.toString()).doesNotContain("secret");
	}

	@Test
	void auditEventsCanBeSwitchedOff() {
		this.runner.withBean(InMemoryAuditEventRepository.class)
			.withPropertyValues("theus.audit.events=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditEvents.class));
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditEvents.class));
	}

	@Test
	void metersCountViolationsAndShowTheStop() {
		this.runner.withConfiguration(AutoConfigurations.of(TheusMetricsAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				context.getBeansOfType(MeterBinder.class)
					.values()
					.forEach((binder) -> binder.bindTo(context.getBean(MeterRegistry.class)));
				engine(context).execute("count", "bad");
				engine(context).execute("block", "bad");
				assertThatExceptionOfType(AuditBlockException.class)
					.isThrownBy(() -> engine(context).execute("block", "bad"));
				assertThat(violations(context, "count", "tolerated")).isEqualTo(1);
				assertThat(violations(context, "block", "tolerated")).isEqualTo(1);
				assertThat(violations(context, "block", "refused")).isEqualTo(1);
				assertThat(stopped(context)).isZero();
				assertThatExceptionOfType(AuditStopException.class)
					.isThrownBy(() -> engine(context).execute("stop", "bad"));
				assertThat(violations(context, "stop", "refused")).isEqualTo(1);
				assertThat(stopped(context)).isEqualTo(1);
				engine(context).resume("again");
				assertThat(stopped(context)).isZero();
				assertThat(meters(context).get("theus.audit.missed").functionCounter().count()).isZero();
			});
	}

	private static MeterRegistry meters(ApplicationContext context) {
		return context.getBean(MeterRegistry.class);
	}

	private static double violations(ApplicationContext context, String level, String outcome) {
		return meters(context).get("theus.audit.violations")
			.tags("level", level, "kind", "input", "outcome", outcome)
			.functionCounter()
			.count();
	}

	private static double stopped(ApplicationContext context) {
		return meters(context).get("theus.engine.stopped").gauge().value();
	}

	/**
	 * A sink that keeps what it gets.
	 */
	private static final class Kept implements AuditSink {

		private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();

		@Override
		public void accept(AuditEntry entry) {
			this.entries.add(entry);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyConfiguration {

		@Bean
		InitializingBean early(TheusEngine engine) {
			return () -> engine.edit("early", (tx) -> tx.set("domain.early", true));
		}

	}

}
