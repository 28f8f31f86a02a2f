package io.theus.signal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/**
 * Holds subscriptions against the rules of Reactive Streams for publishers, as its
 * technology compatibility kit checks them. The kit is written for TestNG, from which it
 * is taken test by test. Rules that the kit cannot check are reported as aborted.
 */
@Timeout(300)
class SignalFlowRulesTests {

	private static final long ANSWER_MILLIS = 5000;

	private static final long SILENCE_MILLIS = 50;

	private static final long POLL_MILLIS = 10;

	@TestFactory
	Stream<DynamicTest> subscriptionKeepsRule() {
		return rules((elements) -> ended(elements));
	}

	@TestFactory
	Stream<DynamicTest> publisherThatGoesOnAfterLagKeepsRule() {
		return rules((elements) -> ended(elements).publisher(SignalThreads.create(), (lag) -> {
		}));
	}

	private static Stream<DynamicTest> rules(Source source) {
		return Arrays.stream(Verification.class.getMethods())
			.filter((method) -> method.isAnnotationPresent(Test.class))
			.sorted(Comparator.comparing(Method::getName))
			.map((method) -> DynamicTest.dynamicTest(method.getName(), () -> check(new Verification(source), method)));
	}

	private static void check(Verification verification, Method rule) throws Throwable {
		verification.setUp();
		try {
			rule.invoke(verification);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof SkipException skipped) {
				Assumptions.abort(skipped.getMessage());
			}
			throw ex.getCause();
		}
	}

	private static Subscription ended(long elements) {
		SignalHub hub = new SignalHub((int) Math.max(1, elements));
		Subscription subscription = hub.subscribe("sig_*");
		for (long i = 0; i < elements; i++) {
			hub.publish("sig_n", i);
		}
		hub.close();
		return subscription;
	}

	/**
	 * Makes a publisher of so many elements.
	 */
	private interface Source {

		Flow.Publisher<Signal> of(long elements);

	}

	/**
	 * The kit, told what to check.
	 */
	private static final class Verification extends FlowPublisherVerification<Signal> {

		private final Source source;

		Verification(Source source) {
			super(new TestEnvironment(ANSWER_MILLIS, SILENCE_MILLIS, POLL_MILLIS));
			this.source = source;
		}

		@Override
		public Flow.Publisher<Signal> createFlowPublisher(long elements) {
			return this.source.of(elements);
		}

		// None fails before something is demanded
		@Override
		public Flow.@Nullable Publisher<Signal> createFailedFlowPublisher() {
			return null;
		}

		@Override
		public long maxElementsFromPublisher() {
			return 10_000;
		}

	}

}
