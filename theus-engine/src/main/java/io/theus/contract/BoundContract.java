package io.theus.contract;

import java.util.Collections;
import java.util.List;

import io.theus.Semantic;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.Right;
import io.theus.path.Zone;

/**
 * The contract of one call: placeholders are replaced by the literal values of this call.
 * It guards what the body does through its context; {@link #forReturn()} guards what the
 * method returns.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class BoundContract implements AccessGuard {

	private final Contract contract;

	private final BoundPatterns inputs;

	private final BoundPatterns outputs;

	private final Semantic semantic;

	private final boolean returning;

	BoundContract(Contract contract, BoundPatterns inputs, BoundPatterns outputs) {
		this(contract, inputs, outputs, contract.semantic(), false);
	}

	private BoundContract(Contract contract, BoundPatterns inputs, BoundPatterns outputs, Semantic semantic,
			boolean returning) {
		this.contract = contract;
		this.inputs = inputs;
		this.outputs = outputs;
		this.semantic = semantic;
		this.returning = returning;
	}

	/**
	 * Return the compiled contract.
	 * @return the contract of the process
	 */
	public Contract contract() {
		return this.contract;
	}

	/**
	 * Return what this call reads.
	 * @return patterns without placeholders, unmodifiable
	 */
	public List<PathPattern> inputs() {
		return Collections.unmodifiableList(this.inputs.patterns());
	}

	/**
	 * Return what this call writes.
	 * @return patterns without placeholders, unmodifiable
	 */
	public List<PathPattern> outputs() {
		return Collections.unmodifiableList(this.outputs.patterns());
	}

	/**
	 * Return the guard for what the method returns: a PURE process writes on that way.
	 * @return the same contract, for the return value
	 */
	public BoundContract forReturn() {
		return new BoundContract(this.contract, this.inputs, this.outputs, this.semantic, true);
	}

	/**
	 * Return the guard for this process when it is called by a PURE one: everything below
	 * PURE is PURE.
	 * @return the same contract with the semantic PURE
	 */
	public BoundContract underPure() {
		return new BoundContract(this.contract, this.inputs, this.outputs, Semantic.PURE, this.returning);
	}

	/**
	 * Return the semantic that binds this call.
	 * @return the semantic, PURE also for what a PURE process calls
	 */
	public Semantic semantic() {
		return this.semantic;
	}

	@Override
	public void checkRead(Path path, Zone zone, ReadScope scope) {
		boolean strict = this.contract.spec().strict();
		String reason = Firewall.readRefusal(this.semantic, zone, strict);
		if (reason != null) {
			throw refused("read of", path.toString(), reason, "declare semantic = GUIDE");
		}
		int declared = this.inputs.covering(path, scope);
		this.contract.use().read(declared, path);
		if (strict && declared < 0) {
			throw undeclared("read of", path.toString(), this.contract.spec().inputs(), "add it to inputs");
		}
	}

	@Override
	public boolean seesKeys(Path path, Zone zone) {
		return this.inputs.covering(path, ReadScope.KEYS) >= 0
				&& Firewall.readRefusal(this.semantic, zone, this.contract.spec().strict()) == null;
	}

	@Override
	public void checkWrite(Path path, Zone zone, Right right) {
		checkPart(path, zone, right);
		int declared = this.outputs.covering(path);
		this.contract.use().written(declared, path);
		if (this.contract.spec().strict() && declared < 0) {
			throw undeclared("write to", path.toString(), this.contract.spec().outputs(), "add it to outputs");
		}
	}

	@Override
	public void checkPart(Path path, Zone zone, Right right) {
		String reason = Firewall.refusal(this.semantic, zone, this.returning);
		if (reason != null) {
			throw refused("write to", path.toString(), reason, "change the semantic or do not write");
		}
	}

	@Override
	public void checkEmit(String topic) {
		if (this.semantic == Semantic.PURE) {
			throw refused("emission of", topic, "a PURE process emits nothing", "declare semantic = EFFECT or GUIDE");
		}
		boolean declared = Contract.covers(this.contract.emits(), topic);
		if (!declared) {
			this.contract.use().emittedUndeclared(topic);
		}
		if (this.contract.spec().strict() && !declared) {
			throw undeclared("emission of", topic, this.contract.spec().emits(), "add it to emits");
		}
	}

	@Override
	public void checkSend(String topic) {
		if (this.semantic != Semantic.EFFECT) {
			throw refused("message to", topic, "a " + this.semantic + " process sends no messages",
					"declare semantic = EFFECT");
		}
		boolean declared = Contract.covers(this.contract.sends(), topic);
		if (!declared) {
			this.contract.use().sentUndeclared(topic);
		}
		if (this.contract.spec().strict() && !declared) {
			throw undeclared("message to", topic, this.contract.spec().sends(), "add it to sends");
		}
	}

	@Override
	public void checkStart(String workflow) {
		checkRuns("start of", workflow);
	}

	@Override
	public void checkSignalRun(String workflow) {
		checkRuns("signal to a run of", workflow);
	}

	// Who steers may start and signal anything, as long as it does not say what
	private void checkRuns(String what, String workflow) {
		if (this.semantic == Semantic.PURE) {
			throw refused(what, workflow, "a PURE process starts and signals no workflows",
					"declare semantic = EFFECT or GUIDE");
		}
		List<String> starts = this.contract.spec().starts();
		boolean free = this.semantic == Semantic.GUIDE && starts.isEmpty();
		boolean declared = free || starts.contains(ContractSpec.ALL) || starts.contains(workflow);
		if (!declared) {
			this.contract.use().startedUndeclared(workflow);
		}
		if (this.contract.spec().strict() && !declared) {
			throw undeclared(what, workflow, starts, "add it to starts");
		}
	}

	@Override
	public void checkAlloc(String key) {
		if (this.semantic != Semantic.EFFECT) {
			throw refused("allocation of", key, "a " + this.semantic + " process allocates no memory",
					"declare semantic = EFFECT");
		}
		if (this.contract.spec().strict() && !this.contract.writesContent()) {
			throw undeclared("allocation of", key, this.contract.spec().outputs(),
					"add the place of its reference to outputs, such as heavy." + key);
		}
	}

	@Override
	public boolean writesContent(Path path) {
		return this.semantic == Semantic.EFFECT && this.outputs.anyCovering(path, this.contract::isHeavy);
	}

	private ContractViolationException undeclared(String what, String subject, List<String> declared, String remedy) {
		return violation("%s '%s' is not declared by process '%s': declared=%s, %s".formatted(what, subject,
				this.contract.process(), declared, remedy), subject, declared);
	}

	private ContractViolationException refused(String what, String subject, String reason, String remedy) {
		return violation("%s '%s' by process '%s' is refused: %s, %s".formatted(what, subject, this.contract.process(),
				reason, remedy), subject, List.of());
	}

	private ContractViolationException violation(String message, String subject, List<String> declared) {
		return new ContractViolationException(message, this.contract.process(), subject, declared);
	}

}
