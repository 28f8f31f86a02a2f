package io.theus.audit.recipe;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.audit.rule.AuditPolicy;
import io.theus.audit.rule.Findings;
import io.theus.internal.collection.PersistentMap;
import io.theus.state.StateChange;

/**
 * The rules about one process, as they are in force.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ProcessAudit {

	private final AuditPolicy policy;

	private final InputRule[] inputs;

	private final OutputRule[] outputs;

	private final StatePlaces[][] places;

	private final boolean free;

	private final Map<String, Integer> parameters;

	private final List<EnforcedRule> rules;

	ProcessAudit(AuditPolicy policy, List<InputRule> inputs, List<OutputRule> outputs, Map<String, Integer> parameters,
			List<EnforcedRule> rules) {
		this.policy = policy;
		this.inputs = inputs.toArray(InputRule[]::new);
		this.outputs = outputs.toArray(OutputRule[]::new);
		this.parameters = Map.copyOf(parameters);
		this.rules = List.copyOf(rules);
		this.free = outputs.stream().allMatch((rule) -> rule.places() != null && !rule.demands().needsScope());
		this.places = outputs.stream()
			.map((rule) -> (rule.places() != null) ? new StatePlaces[] { rule.places() } : new StatePlaces[0])
			.toArray(StatePlaces[][]::new);
	}

	/**
	 * Return what counts for the process as a whole.
	 * @return when its count of failed executions is reset, and from when on a failure is
	 * a warning
	 */
	public AuditPolicy policy() {
		return this.policy;
	}

	/**
	 * Describe the rules.
	 * @return what is known of them, in the order in which they are checked
	 */
	public List<EnforcedRule> rules() {
		return this.rules;
	}

	/**
	 * Check what a call begins with.
	 * @param call the call
	 * @param findings hears what is violated and what is kept
	 * @throws io.theus.error.TheusException if a violation is not tolerated
	 */
	public void checkInputs(AuditCall call, Findings findings) {
		for (InputRule rule : this.inputs) {
			rule.check(call, rule.demands().needsScope() ? new ValueScope(this.parameters, call, null, null) : null,
					findings);
		}
	}

	/**
	 * Bind the rules about what the process writes to a call.
	 * @param call the call
	 * @return the rules, {@code null} if there are none
	 */
	// Most rules about outputs look at nothing of the call, and then one gate serves all
	public @Nullable OutputGate outputs(AuditCall call) {
		if (this.outputs.length == 0) {
			return null;
		}
		if (this.free) {
			return this::check;
		}
		StatePlaces[][] bound = new StatePlaces[this.outputs.length][];
		for (int i = 0; i < bound.length; i++) {
			bound[i] = this.outputs[i].bind(call);
		}
		return (changes, after, findings) -> check(bound, call, changes, after, findings);
	}

	private void check(List<StateChange> changes, PersistentMap<Object> after, Findings findings) {
		check(this.places, null, changes, after, findings);
	}

	private void check(StatePlaces[][] bound, @Nullable AuditCall call, List<StateChange> changes,
			PersistentMap<Object> after, Findings findings) {
		for (int i = 0; i < this.outputs.length; i++) {
			OutputRule rule = this.outputs[i];
			ValueScope scope = (call != null && rule.demands().needsScope())
					? new ValueScope(this.parameters, call, after, null) : null;
			rule.check(bound[i], changes, after, scope, findings);
		}
	}

}
