package io.theus.benchmarks.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.theus.audit.Audit;
import io.theus.audit.AuditEntry;
import io.theus.audit.AuditTrail;
import io.theus.audit.Auditor;
import io.theus.audit.ValueMask;
import io.theus.audit.recipe.AuditRules;
import io.theus.audit.recipe.AuditedProcesses;

/**
 * The trail of Theus, written as the engine writes it, with or without a sink.
 */
final class TrailEntries implements Entries {

	private static final Clock CLOCK = Clock.systemUTC();

	private final Auditor auditor = new Auditor(new AuditRules(), new AuditTrail(AuditTrail.DEFAULT_CAPACITY),
			ValueMask.HIDDEN, CLOCK);

	private final Audit audit = new Audit(this.auditor, AuditedProcesses.NONE);

	private final LongAdder heard = new LongAdder();

	private final boolean followed;

	private long before;

	private TrailEntries(boolean followed) {
		this.followed = followed;
		if (followed) {
			this.audit.follow((entry) -> this.heard.increment());
		}
	}

	static TrailEntries alone() {
		return new TrailEntries(false);
	}

	static TrailEntries withSink() {
		return new TrailEntries(true);
	}

	@Override
	public void write(int writer, int number) {
		this.auditor.edited(CLOCK.instant(), number, "edit", "entry of the benchmark");
	}

	@Override
	public void verify(int count) {
		long written = this.audit.trail().total() - this.before;
		this.before = this.audit.trail().total();
		if (written != count || !isComplete()) {
			throw new IllegalStateException(
					"trail has lost entries: written=%d, expected=%d, do not count this measurement".formatted(written,
							count));
		}
		if (this.followed) {
			verifySink();
		}
	}

	// The last ones are there, one after the other
	private boolean isComplete() {
		List<AuditEntry> kept = this.audit.trail().entries();
		long oldest = this.before - kept.size();
		for (int i = 0; i < kept.size(); i++) {
			if (kept.get(i).sequence() != oldest + i) {
				return false;
			}
		}
		return kept.size() == Math.min(this.before, this.audit.trail().capacity());
	}

	private void verifySink() {
		boolean drained = this.audit.drain(Duration.ofSeconds(30));
		long known = this.heard.sum() + this.audit.missed();
		if (!drained || known != this.before) {
			throw new IllegalStateException(
					"sink has neither got nor missed entries: known=%d, written=%d, do not count this measurement"
						.formatted(known, this.before));
		}
	}

	@Override
	public void close() {
		this.auditor.close(Duration.ZERO);
	}

}
