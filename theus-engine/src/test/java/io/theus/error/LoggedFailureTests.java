package io.theus.error;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class LoggedFailureTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(LoggedFailureTests.class);

	@AfterEach
	void reset() {
		this.logger.setLevel(null);
	}

	@Test
	void whatTheApplicationSaysIsLeftOut() {
		Throwable failure = new IllegalStateException("secret", new IllegalArgumentException("secret"));
		Throwable logged = LoggedFailure.of(failure, this.logger);
		assertThat(logged).hasMessage("java.lang.IllegalStateException");
		assertThat(logged.getCause()).hasMessage("java.lang.IllegalArgumentException").hasNoCause();
		assertThat(logged.getStackTrace()).isEqualTo(failure.getStackTrace());
		assertThat(LoggedFailure.describe(failure, this.logger)).isEqualTo("java.lang.IllegalStateException");
	}

	@Test
	void whatTheEngineSaysIsLogged() {
		Throwable failure = new Refused("path 'domain.a' not found", new IllegalStateException("secret"), false);
		Throwable logged = LoggedFailure.of(failure, this.logger);
		assertThat(logged).hasMessage(Refused.class.getName() + ": path 'domain.a' not found");
		assertThat(logged.getCause()).hasMessage("java.lang.IllegalStateException");
		assertThat(LoggedFailure.describe(new Refused("secret", null, true), this.logger))
			.isEqualTo(Refused.class.getName());
	}

	@Test
	void failureIsLoggedAsItIsWhereTracing() {
		this.logger.setLevel(Level.TRACE);
		Throwable failure = new IllegalStateException("secret");
		assertThat(LoggedFailure.of(failure, this.logger)).isSameAs(failure);
		assertThat(LoggedFailure.describe(failure, this.logger)).isEqualTo("java.lang.IllegalStateException: secret");
	}

	@Test
	void causesThatLeadBackEnd() {
		Exception first = new IllegalStateException("first");
		Exception second = new IllegalStateException("second", first);
		first.initCause(second);
		assertThat(LoggedFailure.of(first, this.logger)).hasMessage("java.lang.IllegalStateException");
	}

	static class Refused extends TheusException {

		private final boolean worded;

		Refused(String message, Throwable cause, boolean worded) {
			super(message, cause);
			this.worded = worded;
		}

		@Override
		public boolean isWordedByApplication() {
			return this.worded;
		}

	}

}
