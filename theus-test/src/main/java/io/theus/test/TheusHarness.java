package io.theus.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.process.CurrentContext;
import io.theus.state.State;

/**
 * Tests processes without Spring: an engine around the objects under test, a state to
 * begin with, one call, and what must have come of it. <pre>
 * TheusHarness.with(new Accounts(TheusHarness.context()))
 *     .given("domain.accounts.a", 100)
 *     .given("domain.accounts.b", 0)
 *     .when("transfer", "a", "b", 30)
 *     .thenDelta(Map.of("domain.accounts.a", 70, "domain.accounts.b", 30));
 * </pre>
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class TheusHarness implements AutoCloseable {

	private static final ProcessContext CONTEXT = new CurrentContext();

	private final RecordedCommits commits = new RecordedCommits();

	private final TheusEngine engine;

	private TheusHarness(Consumer<TheusEngineBuilder> customizer) {
		TheusEngineBuilder builder = TheusEngine.builder().commitListener(this.commits);
		customizer.accept(builder);
		this.engine = builder.build();
	}

	/**
	 * Test objects.
	 * @param processes objects whose class has methods annotated as processes
	 * @return the harness
	 */
	public static TheusHarness with(Object... processes) {
		return new TheusHarness((builder) -> builder.processes(processes));
	}

	/**
	 * Test an engine of one's own making.
	 * @param customizer completes the builder
	 * @return the harness
	 */
	public static TheusHarness configured(Consumer<TheusEngineBuilder> customizer) {
		return new TheusHarness(customizer);
	}

	/**
	 * Return the context to construct objects under test with.
	 * @return a context that resolves to the running attempt
	 */
	public static ProcessContext context() {
		return CONTEXT;
	}

	/**
	 * Put a value into the state, as an administrator does.
	 * @param path the path
	 * @param value an accepted value
	 * @return this
	 */
	public TheusHarness given(String path, @Nullable Object value) {
		this.engine.edit("given", (tx) -> tx.set(path, value));
		return this;
	}

	/**
	 * Put values into the state.
	 * @param values the values by path
	 * @return this
	 */
	public TheusHarness given(Map<String, ?> values) {
		this.engine.edit("given", (tx) -> values.forEach(tx::set));
		return this;
	}

	/**
	 * Run a process with arguments by position.
	 * @param process its id or name
	 * @param arguments the arguments in order, without what the engine supplies
	 * @return what came of it
	 */
	public HarnessOutcome when(String process, @Nullable Object... arguments) {
		return when((tested) -> tested.execute(process, arguments));
	}

	/**
	 * Run a process with arguments by name.
	 * @param process its id or name
	 * @param arguments the arguments by name, without what the engine supplies
	 * @return what came of it
	 */
	public HarnessOutcome whenNamed(String process, Map<String, ?> arguments) {
		return when((tested) -> tested.execute(process, new LinkedHashMap<>(arguments)));
	}

	/**
	 * Do something with the engine.
	 * @param action what to do; its failure is part of the outcome
	 * @return what came of it
	 */
	public HarnessOutcome when(Action action) {
		State before = this.engine.state();
		this.commits.clear();
		Object result = null;
		Throwable failure = null;
		try {
			result = action.on(this.engine);
		}
		catch (Throwable ex) {
			failure = ex;
		}
		return new HarnessOutcome(this, before, this.engine.state(), List.copyOf(this.commits.records()), result,
				failure);
	}

	/**
	 * Return the engine.
	 * @return the engine that is tested
	 */
	public TheusEngine engine() {
		return this.engine;
	}

	@Override
	public void close() {
		this.engine.close();
	}

	/**
	 * What a test does with the engine.
	 */
	@FunctionalInterface
	public interface Action {

		/**
		 * Act.
		 * @param engine the engine that is tested
		 * @return a result for {@link HarnessOutcome#thenReturns(Object)}
		 * @throws Throwable what the action fails with
		 */
		@Nullable Object on(TheusEngine engine) throws Throwable;

	}

}
