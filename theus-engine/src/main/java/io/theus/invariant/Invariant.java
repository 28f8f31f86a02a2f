package io.theus.invariant;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.audit.rule.AuditPolicy;
import io.theus.audit.rule.AuditRule;
import io.theus.store.Verdict;

/**
 * A rule over the state that holds at every commit, whoever makes it:
 * {@code Invariant.named("stock").range("domain.stock.*", 0, null)}.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Invariant {

	private final String name;

	private final AuditRule rule;

	private final @Nullable Tick tick;

	private final Check<?> check;

	Invariant(String name, AuditPolicy policy, @Nullable String message, @Nullable Tick tick, Check<?> check) {
		this.name = name;
		this.rule = new AuditRule("invariant:" + name, Verdict.Kind.INVARIANT, null, policy, message);
		this.tick = tick;
		this.check = check;
	}

	/**
	 * Begin to declare an invariant.
	 * @param name its name, which no other invariant has; not blank
	 * @return what makes it
	 * @throws InvalidInvariantException if the name is blank
	 */
	public static InvariantBuilder named(String name) {
		return new InvariantBuilder(name);
	}

	/**
	 * Return the name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return what it is counted under, and what follows when it is violated.
	 * @return the rule
	 */
	public AuditRule rule() {
		return this.rule;
	}

	/**
	 * Return what begins a tick.
	 * @return the tick, {@code null} for each commit
	 */
	public @Nullable Tick tick() {
		return this.tick;
	}

	Check<?> check() {
		return this.check;
	}

	/**
	 * Two invariants are equal if they have the same name, say the same, and the same
	 * follows from a violation.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Invariant invariant && this.rule.equals(invariant.rule)
				&& Objects.equals(this.tick, invariant.tick) && this.check.equals(invariant.check);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.rule, this.tick, this.check);
	}

	@Override
	public String toString() {
		return "invariant '%s'".formatted(this.name);
	}

}
