package io.theus.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;

import io.theus.audit.AuditEntry;
import io.theus.audit.AuditSink;

/**
 * Enters what the audit of the engine finds among the audit events of the application,
 * with the types {@code THEUS_AUDIT_INPUT}, {@code THEUS_AUDIT_STOP} and so on, and the
 * principal {@code theus}. Values are not among it: who may see audit events is not asked
 * who may see values.
 *
 * @since 0.1.0
 */
public final class AuditEvents implements AuditSink {

	private static final String PRINCIPAL = "theus";

	private static final String PREFIX = "THEUS_AUDIT_";

	private final AuditEventRepository events;

	/**
	 * Create the sink.
	 * @param events keeps the events
	 */
	public AuditEvents(AuditEventRepository events) {
		this.events = events;
	}

	@Override
	public void accept(AuditEntry entry) {
		this.events.add(new AuditEvent(entry.time(), PRINCIPAL, PREFIX + entry.kind(), data(entry)));
	}

	private static Map<String, @Nullable Object> data(AuditEntry entry) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("sequence", entry.sequence());
		data.put("origin", entry.origin());
		put(data, "version", entry.version());
		put(data, "execution", entry.executionId());
		put(data, "rule", entry.rule());
		put(data, "path", entry.path());
		put(data, "level", entry.level());
		if (entry.count() > 0) {
			data.put("count", entry.count());
		}
		data.put("message", entry.message());
		return data;
	}

	private static void put(Map<String, @Nullable Object> data, String key, @Nullable Object value) {
		if (value != null) {
			data.put(key, value);
		}
	}

}
