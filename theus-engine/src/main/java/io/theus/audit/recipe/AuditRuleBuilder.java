package io.theus.audit.recipe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.error.Suggestions;
import io.theus.store.Verdict;

/**
 * Builds a rule. Its checks are asked in the order in which they are added, and the first
 * that fails is reported. A value that is null or absent is checked by
 * {@link #required()} only.
 *
 * @since 0.1.0
 */
public final class AuditRuleBuilder {

	private final Verdict.Kind kind;

	private final RecipeText field;

	private final List<Check> checks = new ArrayList<>();

	private PolicyValues policy = PolicyValues.NONE;

	private boolean required;

	private @Nullable RecipeText condition;

	private @Nullable String message;

	AuditRuleBuilder(Verdict.Kind kind, RecipeText field) {
		this.kind = kind;
		this.field = field;
	}

	/**
	 * Demand a number that is not below a bound.
	 * @param bound the least number
	 * @return this
	 * @throws IllegalArgumentException if the bound is infinite or not a number, or above
	 * the largest
	 */
	public AuditRuleBuilder min(Number bound) {
		return bounded(new BoundCheck(true, decimal("min", bound)));
	}

	/**
	 * Demand a number that is not above a bound.
	 * @param bound the largest number
	 * @return this
	 * @throws IllegalArgumentException if the bound is infinite or not a number, or below
	 * the least
	 */
	public AuditRuleBuilder max(Number bound) {
		return bounded(new BoundCheck(false, decimal("max", bound)));
	}

	private static BigDecimal decimal(String key, Number bound) {
		try {
			return new BigDecimal(bound.toString());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'%s' needs a finite number, found %s".formatted(key, bound));
		}
	}

	private AuditRuleBuilder bounded(BoundCheck check) {
		BigDecimal other = this.checks.stream()
			.filter((known) -> known instanceof BoundCheck && !known.key().equals(check.key()))
			.map((known) -> ((BoundCheck) known).bound())
			.findFirst()
			.orElse(check.bound());
		int order = other.compareTo(check.bound());
		if (check.key().equals("min") ? order < 0 : order > 0) {
			throw new IllegalArgumentException(
					"no number is at least min and at most max: %s=%s, other=%s, correct one of them"
						.formatted(check.key(), check.bound().toPlainString(), other.toPlainString()));
		}
		return add(check);
	}

	/**
	 * Demand a certain value.
	 * @param value the value; numbers are compared numerically
	 * @return this
	 */
	public AuditRuleBuilder eq(Object value) {
		return add(new EqualityCheck(true, value));
	}

	/**
	 * Demand another value than this one.
	 * @param value the value; numbers are compared numerically
	 * @return this
	 */
	public AuditRuleBuilder neq(Object value) {
		return add(new EqualityCheck(false, value));
	}

	/**
	 * Demand one of several values.
	 * @param values the values, at least one
	 * @return this
	 */
	public AuditRuleBuilder in(Collection<?> values) {
		return add(new MembershipCheck(true, several("in", values)));
	}

	/**
	 * Demand another value than any of these.
	 * @param values the values, at least one
	 * @return this
	 */
	public AuditRuleBuilder notIn(Collection<?> values) {
		return add(new MembershipCheck(false, several("not-in", values)));
	}

	private static List<Object> several(String key, Collection<?> values) {
		if (values.isEmpty()) {
			throw new IllegalArgumentException("'%s' needs at least one value".formatted(key));
		}
		return List.copyOf(values);
	}

	/**
	 * Demand a text, list, set or map that is not shorter.
	 * @param length the number of characters, elements or entries
	 * @return this
	 */
	public AuditRuleBuilder minLen(long length) {
		return add(new LengthCheck(true, AuditRecipeBuilder.notNegative("min-len", length)));
	}

	/**
	 * Demand a text, list, set or map that is not longer.
	 * @param length the number of characters, elements or entries
	 * @return this
	 */
	public AuditRuleBuilder maxLen(long length) {
		return add(new LengthCheck(false, AuditRecipeBuilder.notNegative("max-len", length)));
	}

	/**
	 * Demand a text that matches as a whole.
	 * @param regex the regular expression
	 * @return this
	 * @throws java.util.regex.PatternSyntaxException if it is none
	 */
	public AuditRuleBuilder regex(String regex) {
		return add(new RegexCheck(Pattern.compile(regex)));
	}

	/**
	 * Demand a value.
	 * @return this
	 */
	public AuditRuleBuilder required() {
		this.required = true;
		return this;
	}

	/**
	 * Demand a value of a type.
	 * @param type such as {@code text}, {@code integer} or {@code list}
	 * @return this
	 * @throws IllegalArgumentException if there is no such type
	 */
	public AuditRuleBuilder type(String type) {
		TypeCheck check = TypeCheck.find(type);
		if (check == null) {
			throw new IllegalArgumentException("unknown type '%s'%s, known=%s".formatted(type,
					Suggestions.didYouMean(type, TypeCheck.known()), TypeCheck.known()));
		}
		return add(check);
	}

	/**
	 * Demand that an expression holds.
	 * @param expression the expression, over {@code value}, the arguments by name, and
	 * the state
	 * @return this
	 */
	public AuditRuleBuilder expression(String expression) {
		return expression(RecipeText.of(expression));
	}

	AuditRuleBuilder expression(RecipeText expression) {
		return add(new ExpressionCheck(expression, null));
	}

	/**
	 * Apply the rule only if an expression holds.
	 * @param expression the expression, over the arguments by name and the state
	 * @return this
	 */
	public AuditRuleBuilder condition(String expression) {
		return condition(RecipeText.of(expression));
	}

	AuditRuleBuilder condition(RecipeText expression) {
		this.condition = expression;
		return this;
	}

	/**
	 * Say this in place of what the check says.
	 * @param text the message
	 * @return this
	 */
	public AuditRuleBuilder message(String text) {
		this.message = text;
		return this;
	}

	/**
	 * Set what follows from a violation.
	 * @param level the level
	 * @return this
	 */
	public AuditRuleBuilder level(AuditLevel level) {
		this.policy = this.policy.withLevel(level);
		return this;
	}

	/**
	 * Set from which count on a tolerated violation is a warning.
	 * @param count the count, 0 for never
	 * @return this
	 */
	public AuditRuleBuilder thresholdMin(long count) {
		this.policy = this.policy.withThresholdMin(AuditRecipeBuilder.notNegative("threshold-min", count));
		return this;
	}

	/**
	 * Set up to which count violations of level {@link AuditLevel#BLOCK} are tolerated.
	 * @param count the count, 0 for none
	 * @return this
	 */
	public AuditRuleBuilder thresholdMax(long count) {
		this.policy = this.policy.withThresholdMax(AuditRecipeBuilder.notNegative("threshold-max", count));
		return this;
	}

	/**
	 * Set whether a commit that keeps the rule sets its count to 0.
	 * @param reset whether it does
	 * @return this
	 */
	public AuditRuleBuilder resetOnSuccess(boolean reset) {
		this.policy = this.policy.withResetOnSuccess(reset);
		return this;
	}

	void policy(PolicyValues values) {
		this.policy = values;
	}

	private AuditRuleBuilder add(Check check) {
		if (this.checks.stream().anyMatch((known) -> known.key().equals(check.key()))) {
			throw new IllegalArgumentException(
					"rule about '%s' has '%s' twice, use an expression for both".formatted(this.field, check.key()));
		}
		this.checks.add(check);
		return this;
	}

	RuleSpec build() {
		boolean ignored = this.policy.level() == AuditLevel.IGNORE;
		if (this.checks.isEmpty() && !this.required && !ignored) {
			throw this.field.error("rule about '%s' demands nothing, add one of %s".formatted(this.field,
					Arrays.asList(RecipeKeys.CHECKS)));
		}
		return new RuleSpec(this.kind, this.field, List.copyOf(this.checks), this.required, this.condition,
				this.message, this.policy);
	}

}
