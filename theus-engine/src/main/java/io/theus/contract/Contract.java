package io.theus.contract;

import java.util.List;

import io.theus.Semantic;
import io.theus.path.InvalidTopicException;
import io.theus.path.PathPattern;
import io.theus.path.PlaceholderValues;
import io.theus.path.TopicPattern;
import io.theus.path.Zone;
import io.theus.path.Zones;

/**
 * What a process declares, compiled at start-up: patterns parsed, placeholders known,
 * zones and semantic checked.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Contract {

	private final ContractSpec spec;

	private final List<PathPattern> inputs;

	private final List<PathPattern> outputs;

	private final List<TopicPattern> emits;

	private final List<TopicPattern> sends;

	private final boolean narrowing;

	private final BoundPatterns boundInputs;

	private final BoundPatterns boundOutputs;

	private final ContractUse use;

	// By position among the outputs: whether what it names is in the zone HEAVY
	private final boolean[] heavy;

	private Contract(ContractSpec spec, List<PathPattern> inputs, List<PathPattern> outputs, Zones zones) {
		this.spec = spec;
		this.inputs = inputs;
		this.outputs = outputs;
		this.emits = topics("emits", spec.emits(), spec);
		this.sends = topics("sends", spec.sends(), spec);
		this.boundInputs = BoundPatterns.of(inputs);
		this.boundOutputs = BoundPatterns.of(outputs);
		this.use = new ContractUse(inputs, outputs);
		this.heavy = new boolean[outputs.size()];
		for (int i = 0; i < this.heavy.length; i++) {
			this.heavy[i] = zones.of(outputs.get(i)) == Zone.HEAVY;
		}
		this.narrowing = inputs.stream().anyMatch((pattern) -> !pattern.placeholders().isEmpty())
				|| outputs.stream().anyMatch((pattern) -> !pattern.placeholders().isEmpty());
	}

	/**
	 * Compile a contract.
	 * @param spec what is declared
	 * @param zones the zone resolver
	 * @return the compiled contract
	 * @throws InvalidContractException if the declaration is wrong
	 */
	public static Contract compile(ContractSpec spec, Zones zones) {
		ContractCompiler compiler = new ContractCompiler(spec, zones);
		return new Contract(spec, compiler.inputs(), compiler.outputs(), zones);
	}

	/**
	 * Narrow the contract to one call.
	 * @param values what the placeholders stand for
	 * @return the contract of the call
	 */
	public BoundContract bind(PlaceholderValues values) {
		if (!this.narrowing) {
			return new BoundContract(this, this.boundInputs, this.boundOutputs);
		}
		return new BoundContract(this, this.boundInputs.narrow(values), this.boundOutputs.narrow(values));
	}

	private static List<TopicPattern> topics(String attribute, List<String> texts, ContractSpec spec) {
		try {
			return texts.stream().map(TopicPattern::compile).toList();
		}
		catch (InvalidTopicException ex) {
			throw new InvalidContractException(spec.process(), "%s=%s: %s".formatted(attribute, texts, ex.getMessage()),
					"correct the topic");
		}
	}

	static boolean covers(List<TopicPattern> patterns, String topic) {
		for (TopicPattern pattern : patterns) {
			if (pattern.matches(topic)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return what calls really used of this contract so far.
	 * @return the account of use, updated as calls go on
	 */
	public ContractUse use() {
		return this.use;
	}

	/**
	 * Return the id of the process.
	 * @return the id, {@code bean.method}
	 */
	public String process() {
		return this.spec.process();
	}

	/**
	 * Return what the process is for.
	 * @return the semantic
	 */
	public Semantic semantic() {
		return this.spec.semantic();
	}

	/**
	 * Return what the process reads.
	 * @return the patterns, unmodifiable
	 */
	public List<PathPattern> inputs() {
		return this.inputs;
	}

	/**
	 * Return what the process writes.
	 * @return the patterns, unmodifiable
	 */
	public List<PathPattern> outputs() {
		return this.outputs;
	}

	/**
	 * Return the declaration that was compiled.
	 * @return the declaration
	 */
	public ContractSpec spec() {
		return this.spec;
	}

	/**
	 * Return whether the process touches something outside, so that it must not run
	 * twice.
	 * @return whether side effects are declared
	 */
	public boolean hasSideEffects() {
		return !this.spec.sideEffects().isEmpty();
	}

	/**
	 * Return whether the process may write the content of arrays, which no rollback takes
	 * back.
	 * @return whether it acts and one of its outputs is in the zone HEAVY
	 */
	public boolean writesContent() {
		if (semantic() != Semantic.EFFECT) {
			return false;
		}
		for (boolean each : this.heavy) {
			if (each) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether all that the contract covers is reserved before the body begins,
	 * because it must not run twice.
	 * @return whether it has side effects or writes the content of arrays
	 */
	public boolean isReserving() {
		return hasSideEffects() || writesContent();
	}

	/**
	 * Return whether an exception is an expected failure.
	 * @param failure what the body threw
	 * @return whether it is an instance of a declared error
	 */
	public boolean declares(Throwable failure) {
		for (Class<? extends Throwable> error : this.spec.errors()) {
			if (error.isInstance(failure)) {
				return true;
			}
		}
		return false;
	}

	boolean isHeavy(int output) {
		return this.heavy[output];
	}

	List<TopicPattern> emits() {
		return this.emits;
	}

	List<TopicPattern> sends() {
		return this.sends;
	}

}
