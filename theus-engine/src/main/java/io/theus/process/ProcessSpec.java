package io.theus.process;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.ProcessContext;
import io.theus.Propagation;
import io.theus.Semantic;
import io.theus.contract.Contract;
import io.theus.contract.ContractSpec;

/**
 * Declares a process in code, without a class of its own.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ProcessSpec {

	private final List<String> inputs = new ArrayList<>();

	private final List<String> outputs = new ArrayList<>();

	private final List<String> emits = new ArrayList<>();

	private final List<String> sends = new ArrayList<>();

	private final List<String> starts = new ArrayList<>();

	private final List<String> calls = new ArrayList<>();

	private final List<String> sideEffects = new ArrayList<>();

	private final List<Class<? extends Throwable>> errors = new ArrayList<>();

	private final List<Parameter> parameters = new ArrayList<>();

	private Semantic semantic = Semantic.EFFECT;

	private @Nullable Duration timeout;

	private Isolation isolation = Isolation.DEFAULT;

	private Propagation propagation = Propagation.REQUIRED;

	private boolean parallel;

	private String once = "";

	private Duration retention = ExecutionKey.RETENTION;

	private @Nullable Code code;

	private boolean asynchronous;

	/**
	 * Declare what is read.
	 * @param patterns path patterns
	 * @return this
	 */
	public ProcessSpec inputs(String... patterns) {
		this.inputs.addAll(Arrays.asList(patterns));
		return this;
	}

	/**
	 * Declare what is written.
	 * @param patterns path patterns
	 * @return this
	 */
	public ProcessSpec outputs(String... patterns) {
		this.outputs.addAll(Arrays.asList(patterns));
		return this;
	}

	/**
	 * Declare what is read and written.
	 * @param patterns path patterns
	 * @return this
	 */
	public ProcessSpec updates(String... patterns) {
		return inputs(patterns).outputs(patterns);
	}

	/**
	 * Declare the signals that may be emitted.
	 * @param topics topics, {@code *} stands for any run of characters
	 * @return this
	 */
	public ProcessSpec emits(String... topics) {
		this.emits.addAll(Arrays.asList(topics));
		return this;
	}

	/**
	 * Declare the topics of outbox messages.
	 * @param topics topics, {@code *} stands for any run of characters
	 * @return this
	 */
	public ProcessSpec sends(String... topics) {
		this.sends.addAll(Arrays.asList(topics));
		return this;
	}

	/**
	 * Declare the workflows of which runs may be started and signalled. A process that
	 * guides may do so with all of them as long as it names none.
	 * @param workflows names of workflows, {@code *} for all
	 * @return this
	 */
	public ProcessSpec starts(String... workflows) {
		this.starts.addAll(Arrays.asList(workflows));
		return this;
	}

	/**
	 * Declare the processes that may be called. A process with side effects can be called
	 * only if it is named; once there are names, every other process has to be named too.
	 * @param processes ids, or short names that are unique
	 * @return this
	 */
	public ProcessSpec calls(String... processes) {
		this.calls.addAll(Arrays.asList(processes));
		return this;
	}

	/**
	 * Declare what is touched outside the state.
	 * @param names names such as {@code http:payments}
	 * @return this
	 */
	public ProcessSpec sideEffects(String... names) {
		this.sideEffects.addAll(Arrays.asList(names));
		return this;
	}

	/**
	 * Declare an expected failure.
	 * @param error an exception class, subclasses included
	 * @return this
	 */
	public ProcessSpec error(Class<? extends Throwable> error) {
		this.errors.add(error);
		return this;
	}

	/**
	 * Declare what the process is for.
	 * @param newSemantic the semantic, EFFECT by default
	 * @return this
	 */
	public ProcessSpec semantic(Semantic newSemantic) {
		this.semantic = newSemantic;
		return this;
	}

	/**
	 * Declare an argument; arguments keep their order.
	 * @param name its name
	 * @param type its type
	 * @return this
	 */
	public ProcessSpec argument(String name, Type type) {
		this.parameters.add(new Parameter(name, type, Parameter.Kind.ARGUMENT, null, false));
		return this;
	}

	/**
	 * Limit the time of an execution.
	 * @param limit the limit over all attempts and waits
	 * @return this
	 */
	public ProcessSpec timeout(Duration limit) {
		this.timeout = limit;
		return this;
	}

	/**
	 * Set how much must not have changed when the process commits.
	 * @param newIsolation the isolation
	 * @return this
	 */
	public ProcessSpec isolation(Isolation newIsolation) {
		this.isolation = newIsolation;
		return this;
	}

	/**
	 * Set what the process does where it is called by another one.
	 * @param newPropagation the propagation, REQUIRED by default
	 * @return this
	 */
	public ProcessSpec propagation(Propagation newPropagation) {
		this.propagation = newPropagation;
		return this;
	}

	/**
	 * Run executions side by side on the threads of a limited pool.
	 * @param newParallel {@code false} by default, for the thread of the caller
	 * @return this
	 */
	public ProcessSpec parallel(boolean newParallel) {
		this.parallel = newParallel;
		return this;
	}

	/**
	 * Execute once per key: a repetition returns what the first execution did.
	 * @param key text with placeholders, such as {@code {messageId}}
	 * @param retention how long after the commit the result is kept
	 * @return this
	 */
	public ProcessSpec once(String key, Duration retention) {
		this.once = key;
		this.retention = retention;
		return this;
	}

	/**
	 * Give the code.
	 * @param newCode runs with the context and the arguments by name
	 * @return this
	 */
	public ProcessSpec body(Code newCode) {
		this.code = newCode;
		this.asynchronous = false;
		return this;
	}

	/**
	 * Give code whose value is there later.
	 * @param newCode runs with the context, which it detaches for other threads, and the
	 * arguments by name
	 * @return this
	 */
	public ProcessSpec asyncBody(AsyncCode newCode) {
		this.code = newCode::run;
		this.asynchronous = true;
		return this;
	}

	ProcessDefinition define(String id, ProcessSettings settings) {
		settings.checkSideEffects(id, this.sideEffects);
		ContractSpec spec = new ContractSpec(id, this.semantic, this.inputs, this.outputs, this.emits, this.sends,
				this.starts, this.calls, this.sideEffects, this.errors, settings.placeholders(this.parameters),
				settings.strict());
		boolean fills = this.semantic == Semantic.PURE && !this.outputs.isEmpty();
		if (fills) {
			this.outputs.forEach((output) -> AnnotatedProcesses.single(id, "output", output));
		}
		ReturnMapping mapping = fills ? new ReturnMapping.DeclaredOutputs() : ReturnMapping.NONE;
		String name = id.substring(id.lastIndexOf('.') + 1);
		ReturnType returned = new ReturnType(Object.class, this.asynchronous ? AsynchronousType.STAGES : null);
		returned.check(id, this.isolation);
		return new ProcessDefinition(id, name, Contract.compile(spec, settings.zones()), this.parameters,
				new ReturnMapping.UpdatesOr(mapping),
				new ExecutionRules(this.timeout, this.isolation, this.propagation,
						settings.once(id, this.semantic, this.once, this.retention, this.parameters), Object.class,
						this.parallel, null),
				returned.asynchronous());
	}

	ProcessBody body(String id, ProcessContext context) {
		Code declared = this.code;
		if (declared == null) {
			throw new IllegalStateException("process '%s' has no body, give it one with body(...)".formatted(id));
		}
		List<String> names = this.parameters.stream().map(Parameter::name).toList();
		return (values) -> {
			Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
			for (int i = 0; i < values.length; i++) {
				arguments.put(names.get(i), values[i]);
			}
			return declared.run(context, arguments);
		};
	}

	/**
	 * The code of a process.
	 */
	@FunctionalInterface
	public interface Code {

		/**
		 * Run.
		 * @param context the running attempt
		 * @param arguments the arguments by name
		 * @return what the process returns, {@code null} for nothing
		 * @throws Exception whatever the code throws
		 */
		@Nullable Object run(ProcessContext context, Map<String, @Nullable Object> arguments) throws Exception;

	}

	/**
	 * The code of a process whose value is there later.
	 */
	@FunctionalInterface
	public interface AsyncCode {

		/**
		 * Begin.
		 * @param context the running attempt
		 * @param arguments the arguments by name
		 * @return completes with what the process returns
		 * @throws Exception whatever the code throws
		 */
		CompletionStage<? extends @Nullable Object> run(ProcessContext context, Map<String, @Nullable Object> arguments)
				throws Exception;

	}

}
