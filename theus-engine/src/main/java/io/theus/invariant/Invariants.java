package io.theus.invariant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.theus.AuditLevel;
import io.theus.audit.rule.Findings;
import io.theus.audit.rule.Violation;
import io.theus.error.Suggestions;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.PathPattern;
import io.theus.state.Snapshot;
import io.theus.state.StateChange;

/**
 * The invariants of an engine.
 * <p>
 * Immutable and safe for use by several threads. It takes no locks.
 *
 * @since 0.1.0
 */
// Invariants with the same tick share how it began. All ticks are looked at by each
// commit
// that changes anything, because they begin whether or not an invariant is concerned; an
// invariant is asked only about commits that touch its places.
public final class Invariants {

	/**
	 * No invariants.
	 */
	public static final Invariants NONE = new Invariants(List.of());

	private static final int EACH_COMMIT = -1;

	private final List<Invariant> all;

	private final List<TickKind> ticks = new ArrayList<>();

	// Which of the ticks is that of an invariant
	private final int[] tickOf;

	private Invariants(List<Invariant> all) {
		this.all = all;
		this.tickOf = new int[all.size()];
		for (int i = 0; i < this.tickOf.length; i++) {
			this.tickOf[i] = indexOf(all.get(i));
		}
	}

	private int indexOf(Invariant invariant) {
		Tick tick = invariant.tick();
		if (tick == null || tick instanceof Tick.EachCommit) {
			return EACH_COMMIT;
		}
		for (int i = 0; i < this.ticks.size(); i++) {
			if (this.ticks.get(i).tick().equals(tick)) {
				return i;
			}
		}
		this.ticks.add(TickKind.of(invariant.name(), tick));
		return this.ticks.size() - 1;
	}

	/**
	 * Put invariants together. Those that are ignored are left out.
	 * @param invariants the invariants, each with a name of its own
	 * @return all of them
	 * @throws InvalidInvariantException if two have the same name
	 */
	public static Invariants of(Collection<Invariant> invariants) {
		Set<String> names = new HashSet<>();
		for (Invariant invariant : invariants) {
			if (!names.add(invariant.name())) {
				throw new InvalidInvariantException(invariant.name(),
						"the name is taken by another one, choose another name");
			}
		}
		List<Invariant> enforced = invariants.stream()
			.filter((each) -> each.rule().policy().level() != AuditLevel.IGNORE)
			.toList();
		return enforced.isEmpty() ? NONE : new Invariants(enforced);
	}

	/**
	 * Return whether there are none.
	 * @return whether nothing is to be judged
	 */
	public boolean isEmpty() {
		return this.all.isEmpty();
	}

	/**
	 * Return the invariants that are enforced.
	 * @return unmodifiable, in the order in which they are judged
	 */
	public List<Invariant> all() {
		return this.all;
	}

	/**
	 * Check what the invariants name.
	 * @param processes the ids of all processes
	 * @param workflows the names of all workflows
	 * @throws InvalidInvariantException if one names another process or workflow
	 */
	public void checkNames(Collection<String> processes, Collection<String> workflows) {
		for (Invariant invariant : this.all) {
			if (invariant.check() instanceof SumCheck sum) {
				sum.except().forEach((process) -> checkProcess(process, processes, invariant));
			}
			if (invariant.tick() instanceof Tick.EachRun each) {
				check("workflow", each.workflow(), workflows, invariant);
			}
		}
	}

	private static void checkProcess(String name, Collection<String> ids, Invariant invariant) {
		List<String> meant = ids.stream().filter((id) -> SumCheck.means(name, id)).sorted().toList();
		if (meant.size() > 1 && !meant.contains(name)) {
			throw new InvalidInvariantException(invariant.name(),
					"several processes are called '%s', name one of the ids %s".formatted(name, meant));
		}
		if (meant.isEmpty()) {
			check("process", name, ids, invariant);
		}
	}

	private static void check(String kind, String name, Collection<String> known, Invariant invariant) {
		if (!known.contains(name)) {
			throw new InvalidInvariantException(invariant.name(), "%s '%s' is not found%s, known=%s".formatted(kind,
					name, Suggestions.didYouMean(name, known), known.stream().sorted().toList()));
		}
	}

	/**
	 * Begin to remember. This looks at all that the invariants are about.
	 * @param snapshot the version to begin with
	 * @param now the time
	 * @return the memory of that version
	 */
	public InvariantMemory begin(Snapshot snapshot, Instant now) {
		Object[] checks = new Object[this.all.size()];
		for (int i = 0; i < checks.length; i++) {
			checks[i] = this.all.get(i).check().begin(snapshot.root(), now);
		}
		return new InvariantMemory(checks, begin(snapshot.root(), now));
	}

	private TickMemory[] begin(PersistentMap<Object> root, Instant now) {
		return this.ticks.stream().map((each) -> TickMemory.begin(each.tick(), root, now)).toArray(TickMemory[]::new);
	}

	/**
	 * Judge a commit, at a cost that depends on what it changes.
	 * @param proposal the commit, which changes something
	 * @param memory the memory of the version before it
	 * @param findings hears what is violated and what is kept
	 * @param binding whether the commit can be refused
	 * @return the memory of the version that it makes
	 * @throws io.theus.error.TheusException if it can be refused and a violation is not
	 * tolerated
	 */
	public Judged judge(Proposal proposal, InvariantMemory memory, Findings findings, boolean binding) {
		Object[] checks = memory.checks();
		TickMemory[] entered = memory.ticks();
		for (int i = 0; i < entered.length; i++) {
			entered[i] = entered[i].enter(this.ticks.get(i), proposal);
		}
		List<Violation> overruled = new ArrayList<>(0);
		for (int i = 0; i < checks.length; i++) {
			Invariant invariant = this.all.get(i);
			if (isConcerned(invariant, proposal)) {
				int tick = this.tickOf[i];
				Judgement judgement = new Judgement(invariant.rule(), proposal,
						(tick != EACH_COMMIT) ? entered[tick].start() : null);
				checks[i] = judge(invariant.check(), judgement, checks[i]);
				TickStart start = judgement.start();
				if (start != null) {
					entered[tick] = entered[tick].with(start);
				}
				tell(judgement, invariant, findings, binding, overruled);
			}
		}
		return new Judged(next(proposal, checks, entered), overruled);
	}

	private static boolean isConcerned(Invariant invariant, Proposal proposal) {
		for (Places places : invariant.check().places()) {
			if (places.differIn(proposal)) {
				return true;
			}
		}
		return false;
	}

	private static void tell(Judgement judgement, Invariant invariant, Findings findings, boolean binding,
			List<Violation> overruled) {
		Violation violation = judgement.violation();
		if (violation == null) {
			findings.kept(invariant.rule());
			return;
		}
		if (binding) {
			findings.violated(violation);
		}
		else if (!findings.overruled(violation)) {
			overruled.add(violation);
		}
	}

	// What the state begins with, and what an administrator leaves, is where all begins
	private InvariantMemory next(Proposal proposal, Object[] checks, TickMemory[] entered) {
		if (!proposal.origin().isAdministrative()) {
			return new InvariantMemory(checks, entered);
		}
		if (!proposal.isInitial()) {
			for (int i = 0; i < checks.length; i++) {
				checks[i] = restart(this.all.get(i).check(), proposal, checks[i]);
			}
		}
		return new InvariantMemory(checks, begin(proposal.after(), proposal.now()));
	}

	// The memory was made by the check itself
	@SuppressWarnings("unchecked")
	private static <M> Object judge(Check<M> check, Judgement judgement, Object memory) {
		return check.judge(judgement, (M) memory);
	}

	@SuppressWarnings("unchecked")
	private static <M> Object restart(Check<M> check, Proposal proposal, Object memory) {
		return check.restart(proposal, (M) memory);
	}

	private static boolean isTouched(Invariant invariant, List<StateChange> changes) {
		return invariant.check()
			.places()
			.stream()
			.anyMatch((each) -> changes.stream().anyMatch((change) -> each.isTouchedAt(change.path())));
	}

	/**
	 * Return what must not change so that a commit which was judged stays right.
	 * @param changes what the commit changes
	 * @return all that the invariants which it touches are about, with their ticks
	 */
	public List<PathPattern> around(List<StateChange> changes) {
		Set<PathPattern> around = new LinkedHashSet<>();
		for (int i = 0; i < this.tickOf.length; i++) {
			Invariant invariant = this.all.get(i);
			if (isTouched(invariant, changes)) {
				invariant.check().places().forEach((each) -> around.add(each.pattern()));
				Places tick = (this.tickOf[i] != EACH_COMMIT) ? this.ticks.get(this.tickOf[i]).places() : null;
				if (tick != null) {
					around.add(tick.pattern());
				}
			}
		}
		return List.copyOf(around);
	}

}
