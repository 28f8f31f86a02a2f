package io.theus.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Entries whose parts agree with each other, so that a torn one shows.
 */
final class Entries {

	private Entries() {
	}

	static void add(AuditTrail trail, long count) {
		trail.add(Instant.EPOCH, null, AuditEntry.Kind.INPUT, origin(count), null, null, null, null, count, "m", null);
	}

	static AuditEntry entry(long sequence, long count) {
		return new AuditEntry(sequence, Instant.EPOCH, null, AuditEntry.Kind.INPUT, origin(count), null, null, null,
				null, count, "m", null);
	}

	static boolean isWhole(@Nullable AuditEntry entry) {
		return entry != null && entry.origin().equals(origin(entry.count()));
	}

	private static String origin(long count) {
		return "process '%d'".formatted(count);
	}

}
