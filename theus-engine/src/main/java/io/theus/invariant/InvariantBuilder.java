package io.theus.invariant;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.audit.rule.AuditPolicy;
import io.theus.error.TheusException;
import io.theus.expression.Expression;

/**
 * Makes an invariant: first what follows when it is violated and what its tick is, then,
 * as the last call, what it demands. Paths name the values themselves; {@code *} stands
 * for any key.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class InvariantBuilder {

	private final String name;

	private AuditPolicy policy = AuditPolicy.DEFAULT;

	private @Nullable String message;

	private @Nullable Tick tick;

	InvariantBuilder(String name) {
		this.name = name;
		if (name.isBlank()) {
			throw new InvalidInvariantException(name, "it has no name, use a text that is not blank");
		}
	}

	/**
	 * Say what follows when it is violated, and refuse each violation if it blocks.
	 * @param level {@link AuditLevel#BLOCK} by default
	 * @return this
	 */
	public InvariantBuilder level(AuditLevel level) {
		return policy(new AuditPolicy(level, this.policy.thresholdMin(), this.policy.thresholdMax(),
				this.policy.resetOnSuccess()));
	}

	/**
	 * Say what follows when it is violated.
	 * @param newPolicy level, thresholds and whether a commit that keeps it resets its
	 * count
	 * @return this
	 */
	public InvariantBuilder policy(AuditPolicy newPolicy) {
		this.policy = newPolicy;
		return this;
	}

	/**
	 * Say what the exception says.
	 * @param newMessage what is wrong, in place of what the invariant says itself
	 * @return this
	 */
	public InvariantBuilder message(@Nullable String newMessage) {
		this.message = newMessage;
		return this;
	}

	/**
	 * Say when values begin to be compared anew. Only {@code step}, {@code monotonic},
	 * {@code order} and {@code expression} compare with the start of a tick.
	 * @param newTick what begins a tick; by default each commit is one
	 * @return this
	 */
	public InvariantBuilder tick(@Nullable Tick newTick) {
		this.tick = newTick;
		return this;
	}

	/**
	 * Demand that numbers lie between two bounds.
	 * @param path where they are
	 * @param min the smallest, {@code null} for any
	 * @param max the largest, {@code null} for any
	 * @return the invariant
	 * @throws InvalidInvariantException if that makes no sense
	 */
	public Invariant range(String path, @Nullable Number min, @Nullable Number max) {
		noTick("range");
		BigDecimal least = (min != null) ? number("min", min) : null;
		BigDecimal most = (max != null) ? number("max", max) : null;
		if (least == null && most == null) {
			throw invalid("range of '%s' has no bound, give min or max".formatted(path));
		}
		ordered(path, least, most);
		return make(() -> new RangeCheck(place(path), least, most));
	}

	/**
	 * Demand that numbers change by an allowed increment within a tick.
	 * @param path where they are
	 * @param min the smallest increment, 0 if a number must not go down
	 * @param max the largest increment
	 * @return the invariant
	 * @throws InvalidInvariantException if that makes no sense
	 */
	public Invariant step(String path, Number min, Number max) {
		BigDecimal least = number("min", min);
		BigDecimal most = number("max", max);
		ordered(path, least, most);
		return make(() -> new StepCheck(place(path), least, most));
	}

	private void ordered(String path, @Nullable BigDecimal min, @Nullable BigDecimal max) {
		if (min != null && max != null && min.compareTo(max) > 0) {
			throw invalid("'%s' can never be right: min=%s is above max=%s, exchange them".formatted(path, min, max));
		}
	}

	/**
	 * Demand that values never go down: numbers, or others that have an order, such as
	 * times.
	 * @param path where they are
	 * @return the invariant
	 * @throws InvalidInvariantException if that makes no sense
	 */
	public Invariant increasing(String path) {
		return make(() -> new MonotonicCheck(place(path), false));
	}

	/**
	 * Demand that values never go up.
	 * @param path where they are
	 * @return the invariant
	 * @throws InvalidInvariantException if that makes no sense
	 */
	public Invariant decreasing(String path) {
		return make(() -> new MonotonicCheck(place(path), true));
	}

	/**
	 * Demand that the sum of numbers stays what it is.
	 * @param paths where they are, no place twice
	 * @param except the ids or unique names of processes that may change the sum; where a
	 * process calls others in its own transaction, its name counts
	 * @return the invariant
	 * @throws InvalidInvariantException if that makes no sense
	 */
	public Invariant sumConserved(Collection<String> paths, Collection<String> except) {
		noTick("sum-conserved");
		if (paths.isEmpty()) {
			throw invalid("there is nothing to sum up, give paths");
		}
		return make(() -> new SumCheck(distinct(paths), Set.copyOf(except)));
	}

	private List<Places> distinct(Collection<String> paths) {
		List<Places> all = new ArrayList<>();
		for (String path : paths) {
			Places place = place(path);
			for (Places other : all) {
				if (other.pattern().overlaps(place.pattern())) {
					throw invalid("'%s' and '%s' meet, name each place once".formatted(other, place));
				}
			}
			all.add(place);
		}
		return List.copyOf(all);
	}

	/**
	 * Demand that numbers move by no more than an amount per time, up and down taken
	 * together. The amount may move at once; then it takes its time again.
	 * @param path where they are
	 * @param max the amount, positive
	 * @param per the time, positive
	 * @return the invariant
	 * @throws InvalidInvariantException if that makes no sense
	 */
	public Invariant rate(String path, Number max, Duration per) {
		noTick("rate");
		BigDecimal amount = number("max", max);
		if (amount.signum() <= 0) {
			throw invalid("rate of '%s' is not positive: max=%s".formatted(path, amount));
		}
		if (per.isNegative() || per.isZero()) {
			throw invalid("rate of '%s' has no time: per=%s, use for example 1s".formatted(path, per));
		}
		return make(() -> new RateCheck(place(path), amount, per));
	}

	/**
	 * Demand that what a reader has made of a value is what its writer has, or had not
	 * long ago.
	 * @param writer where the writer stores it
	 * @param reader where the reader stores it; each {@code *} stands for the same key as
	 * in the path of the writer
	 * @param lag how long ago
	 * @return the invariant
	 * @throws InvalidInvariantException if that makes no sense
	 */
	public Invariant match(String writer, String reader, Lag lag) {
		noTick("match");
		return make(() -> {
			Places source = place(writer);
			return new MatchCheck(source, partner(source, reader), lag);
		});
	}

	/**
	 * Demand that one place comes before another. Without a tick, nothing is at the
	 * second while nothing is at the first. With a tick, the second changes only after
	 * the first has changed in the tick. The same commit is early enough.
	 * @param first what comes first
	 * @param then what follows; each {@code *} stands for the same key as in the first
	 * path
	 * @return the invariant
	 * @throws InvalidInvariantException if that makes no sense
	 */
	public Invariant order(String first, String then) {
		return make(() -> {
			Places before = place(first);
			return new OrderCheck(before, partner(before, then), this.tick);
		});
	}

	private Places partner(Places place, String path) {
		Places partner = place(path);
		if (partner.wildcards() != place.wildcards()) {
			throw invalid("'%s' and '%s' do not correspond, write '*' equally often in both".formatted(place, partner));
		}
		return partner;
	}

	/**
	 * Demand that an expression is true. It sees {@code now}, {@code before} (the state
	 * when the tick began) and {@code window(n)} (the last n states, oldest first).
	 * @param text the expression: {@code now.domain.a <= before.domain.b}
	 * @param paths what it depends on, if that is more or less than what it names
	 * @return the invariant
	 * @throws InvalidInvariantException if it is no expression, or depends on nothing
	 */
	public Invariant expression(String text, String... paths) {
		return make(() -> {
			Expression expression = Expression.compile(text, ExpressionCheck.ROOTS);
			List<Places> places = (paths.length > 0) ? Arrays.stream(paths).map(this::place).toList()
					: places(expression);
			return new ExpressionCheck(expression, places);
		});
	}

	private List<Places> places(Expression expression) {
		Set<String> paths = new LinkedHashSet<>();
		for (String reference : expression.references()) {
			int end = reference.startsWith(ExpressionCheck.WINDOW) ? reference.indexOf(']') : 0;
			int point = reference.indexOf('.', Math.max(0, end));
			if (point >= 0) {
				paths.add(reference.substring(point + 1));
			}
			else if (!reference.equals(ExpressionCheck.WINDOW)) {
				throw invalid("'%s' in '%s' names no path, write for example now.domain.total, or give paths"
					.formatted(reference, expression));
			}
		}
		if (paths.isEmpty()) {
			throw invalid("'%s' depends on no path, name one or give paths".formatted(expression));
		}
		return paths.stream().map(this::place).toList();
	}

	private Places place(String path) {
		return new Places(this.name, path);
	}

	private BigDecimal number(String key, Number value) {
		BigDecimal number = Amounts.of(value);
		if (number == null) {
			throw invalid("%s=%s is no number that can be compared".formatted(key, value));
		}
		return number;
	}

	private void noTick(String kind) {
		if (this.tick != null) {
			throw invalid("%s compares with nothing earlier, leave out the tick: tick=%s".formatted(kind, this.tick));
		}
	}

	private InvalidInvariantException invalid(String problem) {
		return new InvalidInvariantException(this.name, problem);
	}

	private Invariant make(Supplier<Check<?>> check) {
		try {
			if (this.tick != null) {
				TickKind.of(this.name, this.tick);
			}
			return new Invariant(this.name, this.policy, this.message, this.tick, check.get());
		}
		catch (InvalidInvariantException ex) {
			throw ex;
		}
		catch (TheusException ex) {
			throw new InvalidInvariantException(this.name, String.valueOf(ex.getMessage()), ex);
		}
	}

}
