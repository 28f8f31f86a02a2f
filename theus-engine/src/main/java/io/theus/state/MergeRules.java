package io.theus.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.MergeRule;
import io.theus.Merging;
import io.theus.path.Path;
import io.theus.path.PathPattern;

/**
 * Where what transactions bring along is merged, and how.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class MergeRules {

	/**
	 * No rules: whoever writes conflicts with others who do.
	 */
	public static final MergeRules NONE = new MergeRules(List.of());

	private final Declared[] rules;

	private MergeRules(Collection<Declared> rules) {
		this.rules = rules.toArray(Declared[]::new);
	}

	/**
	 * Compile.
	 * @param rules the rules, of which no two may be about one place
	 * @return the rules by place
	 * @throws InvalidMergeRuleException if a pattern names no places that are stored, or
	 * if two rules are about one place
	 */
	public static MergeRules of(List<Declared> rules) {
		List<Declared> known = new ArrayList<>();
		for (Declared rule : rules) {
			check(rule);
			for (Declared other : known) {
				if (other.pattern.length() == rule.pattern.length() && other.pattern.overlaps(rule.pattern)) {
					throw new InvalidMergeRuleException(rule.pattern,
							"'%s' is about the same places, keep one of them".formatted(other.pattern));
				}
			}
			known.add(rule);
		}
		return known.isEmpty() ? NONE : new MergeRules(known);
	}

	private static void check(Declared rule) {
		PathPattern pattern = rule.pattern;
		if (pattern.isDeep() || !pattern.placeholders().isEmpty() || pattern.length() < 2
				|| pattern.literal(0) == null) {
			throw new InvalidMergeRuleException(pattern,
					"it must lead from a layer to a value without '**' and placeholders, use '*' for any key");
		}
	}

	/**
	 * Return the rule of a path.
	 * @param path the path
	 * @return the rule, {@code null} if none is declared for this very path
	 */
	public @Nullable Declared of(Path path) {
		for (Declared rule : this.rules) {
			if (rule.pattern.length() == path.length() && rule.pattern.covers(path)) {
				return rule;
			}
		}
		return null;
	}

	/**
	 * Return whether all places that a pattern names have a rule.
	 * @param pattern the pattern
	 * @return whether a rule is declared for whatever the pattern matches
	 */
	public boolean cover(PathPattern pattern) {
		for (Declared rule : this.rules) {
			if (rule.pattern.length() == pattern.length() && rule.pattern.includes(pattern)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * One rule.
	 *
	 * @param pattern the places
	 * @param merging the way of merging, {@code null} if the application brings its own
	 * @param own the application's own rule, {@code null} for a built-in one
	 */
	public record Declared(PathPattern pattern, @Nullable Merging merging, @Nullable MergeRule own) {

		/**
		 * Declare a built-in way of merging.
		 * @param pattern the places
		 * @param merging the way
		 */
		public Declared(PathPattern pattern, Merging merging) {
			this(pattern, merging, null);
		}

		/**
		 * Declare a rule of the application.
		 * @param pattern the places
		 * @param own the rule
		 */
		public Declared(PathPattern pattern, MergeRule own) {
			this(pattern, null, own);
		}

	}

}
