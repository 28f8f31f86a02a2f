package io.theus.spring.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.audit.Audit;
import io.theus.audit.AuditEntry;
import io.theus.audit.EngineStop;
import io.theus.path.InvalidPathException;
import io.theus.path.PathPattern;

/**
 * What the audit has found, as an operator sees it.
 *
 * @param total how many entries were ever written
 * @param capacity how many entries are kept at most
 * @param kept how many entries are kept, of those that the caller sees
 * @param offset how many are left out before these
 * @param stop why the engine is stopped, {@code null} if it is not
 * @param counts how often rules are violated and processes fail, by rule or process
 * @param entries some of the entries, the latest first
 */
record AuditView(long total, int capacity, int kept, int offset, @Nullable Stop stop, Map<String, Long> counts,
		List<Entry> entries) {

	static AuditView of(Audit audit, Viewer viewer, Page page) {
		List<AuditEntry> seen = audit.trail()
			.entries()
			.stream()
			.filter((entry) -> entry.path() == null || isSeen(entry.path(), viewer::sees))
			.filter((entry) -> entry.rule() == null || isRuleSeen(entry.rule(), viewer::sees))
			.toList();
		Map<String, Long> counts = new TreeMap<>(audit.counts());
		counts.keySet().removeIf((id) -> !isRuleSeen(id, viewer::sees));
		return new AuditView(audit.trail().total(), audit.trail().capacity(), seen.size(), page.offset(),
				audit.stop().map((stop) -> Stop.of(stop, viewer)).orElse(null), counts,
				page.ofReversed(seen).stream().map((entry) -> Entry.of(entry, viewer)).toList());
	}

	// What is not a path of the state is an argument
	private static boolean isSeen(String path, Predicate<PathPattern> seen) {
		try {
			return seen.test(PathPattern.parse(path));
		}
		catch (InvalidPathException ex) {
			return true;
		}
	}

	// process:output:path
	private static boolean isRuleSeen(String id, Predicate<PathPattern> seen) {
		return isSeen(id.substring(id.lastIndexOf(':') + 1), seen);
	}

	/**
	 * Return whether somebody may know which rule has stopped the engine.
	 * @param stop why it is stopped
	 * @param seen which paths he sees
	 * @return whether he sees those that the rule is about
	 */
	static boolean isSeen(EngineStop stop, Predicate<PathPattern> seen) {
		return isSeen(stop.path(), seen) && isRuleSeen(stop.rule(), seen);
	}

	/**
	 * Why the engine is stopped.
	 *
	 * @param since when it stopped
	 * @param version the commit by which it stopped
	 * @param origin who has stopped it
	 * @param rule the rule that was violated, masked for those who do not see its path
	 * @param problem what is wrong, masked likewise
	 */
	record Stop(Instant since, long version, String origin, String rule, String problem) {

		static Stop of(EngineStop stop, Viewer viewer) {
			boolean seen = isSeen(stop, viewer::sees);
			return new Stop(stop.time(), stop.version(), stop.origin(), seen ? stop.rule() : Viewer.MASK,
					seen ? stop.problem() : Viewer.MASK);
		}

	}

	/**
	 * An entry.
	 *
	 * @param sequence its number
	 * @param time when
	 * @param version the commit that it belongs to, {@code null} for what was not
	 * committed
	 * @param kind what has happened
	 * @param origin who did it
	 * @param rule the rule, {@code null} for none
	 * @param path where, {@code null} for nowhere
	 * @param level what follows from a violation, {@code null} if it is none
	 * @param count how often it was violated by then
	 * @param message what is wrong, or why it was done
	 * @param value the value, masked for most callers, {@code null} for none
	 */
	record Entry(long sequence, Instant time, @Nullable Long version, AuditEntry.Kind kind, String origin,
			@Nullable String rule, @Nullable String path, @Nullable AuditLevel level, long count, String message,
			@Nullable Object value) {

		static Entry of(AuditEntry entry, Viewer viewer) {
			Object value = (entry.value() != null) ? viewer.scalar(String.valueOf(entry.path()), entry.value()) : null;
			return new Entry(entry.sequence(), entry.time(), entry.version(), entry.kind(), entry.origin(),
					entry.rule(), entry.path(), entry.level(), entry.count(), entry.message(), value);
		}

	}

}
