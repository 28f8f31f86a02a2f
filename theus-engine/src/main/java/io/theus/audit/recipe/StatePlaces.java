package io.theus.audit.recipe;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.state.StateChange;
import io.theus.state.StateTree;

/**
 * The places that a pattern without placeholders matches. Immutable and safe for use by
 * several threads.
 */
// The walk follows the path of a change as far as it goes, through whatever the pattern
// matches, and enumerates what is below only from there. So what nobody touched is not
// looked at.
final class StatePlaces {

	private final PathPattern pattern;

	private final @Nullable Path literal;

	private final int length;

	StatePlaces(PathPattern pattern) {
		this.pattern = pattern;
		this.literal = pattern.isLiteral() ? pattern.toPath() : null;
		this.length = pattern.length();
	}

	/**
	 * Judge what a call begins with.
	 * @param call reads
	 * @param demands what is demanded of each value
	 * @param scope what expressions see
	 * @return what was found
	 */
	Outcome judge(AuditCall call, Demands demands, @Nullable ValueScope scope) {
		if (this.literal != null) {
			return demands.judge(call.read(this.literal), scope).below(this.literal, this.literal.length());
		}
		Path above = Path.parse(rootSegment());
		int fixed = 1;
		while (fixed < this.length && this.pattern.literal(fixed) != null) {
			above = above.child(String.valueOf(this.pattern.literal(fixed)));
			fixed++;
		}
		Walk walk = new Walk(above, demands, scope);
		return walk.judge(call.read(above), fixed, fixed).below(above, fixed);
	}

	private String rootSegment() {
		String root = this.pattern.literal(0);
		return (root != null) ? root : "domain";
	}

	/**
	 * Judge what changes leave behind.
	 * @param changes the changes
	 * @param after the content as it would be
	 * @param demands what is demanded of each value
	 * @param scope what expressions see
	 * @return what was found
	 */
	Outcome judge(List<StateChange> changes, PersistentMap<Object> after, Demands demands, @Nullable ValueScope scope) {
		return (this.literal != null) ? judgeLiteral(this.literal, changes, after, demands, scope)
				: judgePattern(changes, after, demands, scope);
	}

	private static Outcome judgeLiteral(Path path, List<StateChange> changes, PersistentMap<Object> after,
			Demands demands, @Nullable ValueScope scope) {
		boolean touched = isTouched(path, changes);
		if (!touched && !demands.isRequired()) {
			return Outcome.NOTHING;
		}
		Object value = StateTree.find(after, path);
		boolean present = value != null && value != StateTree.ABSENT;
		if (!touched && present && !demands.isOnlyPresence()) {
			return Outcome.NOTHING;
		}
		return demands.judge(value, scope).below(path, path.length());
	}

	private static boolean isTouched(Path path, List<StateChange> changes) {
		for (StateChange change : changes) {
			if (change.path().startsWith(path) || path.startsWith(change.path())) {
				return true;
			}
		}
		return false;
	}

	private Outcome judgePattern(List<StateChange> changes, PersistentMap<Object> after, Demands demands,
			@Nullable ValueScope scope) {
		Outcome all = Outcome.NOTHING;
		Path previous = null;
		for (StateChange change : changes) {
			Outcome one = new Walk(change.path(), demands, scope, previous).judge(after, 0, 0);
			if (one.isViolation()) {
				return one;
			}
			all = Outcome.both(all, one);
			previous = change.path();
		}
		return all;
	}

	/**
	 * A walk along one path and below it.
	 */
	private final class Walk {

		private final Path path;

		private final Demands demands;

		private final @Nullable ValueScope scope;

		// How much of the path was walked before: values above were judged then
		private final int shared;

		Walk(Path path, Demands demands, @Nullable ValueScope scope) {
			this(path, demands, scope, null);
		}

		Walk(Path path, Demands demands, @Nullable ValueScope scope, @Nullable Path previous) {
			this.path = path;
			this.demands = demands;
			this.scope = scope;
			int common = 0;
			while (previous != null && common < previous.length() && common < path.length()
					&& previous.segment(common).equals(path.segment(common))) {
				common++;
			}
			this.shared = common;
		}

		Outcome judge(@Nullable Object node, int index, int depth) {
			if (index == StatePlaces.this.length) {
				boolean judged = depth > 0 && depth <= this.shared;
				// What is not there has no value; that it should be is said by its parent
				return (judged || node == StateTree.ABSENT) ? Outcome.NOTHING : this.demands.judge(node, this.scope);
			}
			if (StatePlaces.this.pattern.isDeep(index)) {
				Outcome here = judge(node, index + 1, depth);
				return here.isViolation() ? here : Outcome.both(here, judgeChildren(node, index, depth, null));
			}
			return judgeChildren(node, index + 1, depth, StatePlaces.this.pattern.literal(index));
		}

		private Outcome judgeChildren(@Nullable Object node, int next, int depth, @Nullable String wanted) {
			if (depth < this.path.length()) {
				String segment = this.path.segment(depth);
				return (wanted == null || wanted.equals(segment)) ? judgeChild(node, segment, next, depth, wanted)
						: Outcome.NOTHING;
			}
			if (wanted != null) {
				return judgeChild(node, wanted, next, depth, wanted);
			}
			return (node instanceof List<?> list) ? judgeElements(list, next, depth) : judgeEntries(node, next, depth);
		}

		private Outcome judgeEntries(@Nullable Object node, int next, int depth) {
			Outcome all = Outcome.NOTHING;
			for (String key : StateTree.keys(node)) {
				all = Outcome.both(all, judge(StateTree.child(node, key), next, depth + 1).below(key));
				if (all.isViolation()) {
					return all;
				}
			}
			return all;
		}

		private Outcome judgeElements(List<?> list, int next, int depth) {
			Outcome all = Outcome.NOTHING;
			for (int i = 0; i < list.size() && !all.isViolation(); i++) {
				Outcome one = judge(list.get(i), next, depth + 1);
				all = Outcome.both(all, one.isViolation() ? one.below(Integer.toString(i)) : one);
			}
			return all;
		}

		private Outcome judgeChild(@Nullable Object node, String segment, int next, int depth,
				@Nullable String wanted) {
			Object child = StateTree.child(node, segment);
			boolean missing = child == StateTree.ABSENT && next == StatePlaces.this.length && wanted != null
					&& StateTree.isContainer(node);
			if (missing) {
				return this.demands.judge(null, this.scope).below(segment);
			}
			return judge(child, next, depth + 1).below(segment);
		}

	}

}
