package io.theus.schema;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.theus.annotation.TheusState;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;

class MissingValidatorTests {

	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(Schema.class);

	@BeforeEach
	void listen() {
		this.logged.start();
		this.logger.addAppender(this.logged);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.logged);
	}

	@Test
	void constraintsThatNothingChecksAreWarnedAboutOnce() {
		TheusEngine engine = TheusEngine.builder().schema(Stock.class, Other.class).build();
		for (int i = 0; i < 2; i++) {
			int value = -i;
			engine.transact((tx) -> {
				tx.set("domain.stock", Map.of("items", List.of(Map.of("count", value)), "total", value));
				return null;
			});
		}
		assertThat(this.logged.list).hasSize(1).first().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).isEqualTo(
					"constraints of [io.theus.schema.MissingValidatorTests$Item, io.theus.schema.MissingValidatorTests$Stock]"
							+ " are not checked, add a bean validation provider");
		});
	}

	@Test
	void recordsWithoutConstraintsAreNotWarnedAbout() {
		Schema.of(List.of(Other.class), List.of(), null);
		assertThat(this.logged.list).isEmpty();
	}

	@Test
	void apiOfBeanValidationMayBeMissing() throws Exception {
		Class<?> withoutApi = new WithoutApi().loadClass(Probe.class.getName());
		assertThat(withoutApi.getClassLoader()).isInstanceOf(WithoutApi.class);
		try {
			assertThat(withoutApi.getMethod("run").invoke(null)).isEqualTo("negative count is accepted");
		}
		catch (InvocationTargetException ex) {
			throw new AssertionError(ex.getCause());
		}
	}

	@TheusState("domain.stock")
	record Stock(List<Item> items, Map<String, @Positive Integer> counts, @Positive int total) {

	}

	record Item(@Positive int count) {

	}

	@TheusState("domain.other")
	record Other(String name) {

	}

	/** Runs in a class loader of its own. */
	public static final class Probe {

		private Probe() {
		}

		public static String run() {
			TheusEngine engine = TheusEngine.builder().schema(Stock.class).build();
			engine.transact((tx) -> {
				tx.set("domain.stock", Map.of("items", List.of(Map.of("count", -5)), "total", 1));
				return null;
			});
			return "negative count is accepted";
		}

	}

	private static final class WithoutApi extends ClassLoader {

		WithoutApi() {
			super(MissingValidatorTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("jakarta.")) {
				throw new ClassNotFoundException(name);
			}
			Class<?> loaded = findLoadedClass(name);
			if (loaded != null || !name.startsWith("io.theus.")) {
				return (loaded != null) ? loaded : super.loadClass(name, resolve);
			}
			try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = stream.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
