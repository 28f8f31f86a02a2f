package io.theus.schema;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.schema.RecordConstraints.Breach;
import io.theus.state.StateTree;

/**
 * Turns broken constraints of a record class into violations of the schema.
 *
 * @param rules the constraints, {@code null} if there are none or nothing checks them
 */
record ComponentConstraints(@Nullable RecordConstraints rules) {

	static final ComponentConstraints NONE = new ComponentConstraints(null);

	boolean isOnRecord() {
		return this.rules != null && this.rules.isOnRecord();
	}

	void check(Location at, Record instance) {
		if (this.rules != null && this.rules.isOnRecord()) {
			refuse(at, this.rules.check(instance), instance);
		}
	}

	void check(Location at, String component, @Nullable Object value, @Nullable Object changed) {
		if (this.rules != null) {
			refuse(at, this.rules.check(component, value, changed), value);
		}
	}

	private static void refuse(Location at, List<Breach> breaches, @Nullable Object value) {
		if (breaches.isEmpty()) {
			return;
		}
		Breach breach = breaches.get(0);
		Location place = at;
		Object broken = value;
		for (String key : breach.keys()) {
			place = place.child(key);
			broken = StateTree.child(broken, key);
		}
		throw place.breaks(breach.message(), broken);
	}

}
