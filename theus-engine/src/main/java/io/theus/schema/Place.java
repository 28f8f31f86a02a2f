package io.theus.schema;

import org.jspecify.annotations.Nullable;

import io.theus.path.Zone;
import io.theus.state.StateTree;

/**
 * What is declared for a place in the state.
 *
 * @param type the type of what is stored there
 * @param presence whether it may be null or absent
 * @param traits how it is treated
 * @param key whether it is an entry of a typed map or list, so that its name says nothing
 * @param rules further rules from a YAML document
 */
record Place(StoredType type, Presence presence, Traits traits, boolean key, ValueRules rules) {

	static Place of(StoredType type) {
		return new Place(type, Presence.OPTIONAL, Traits.NONE, false, ValueRules.NONE);
	}

	static Place element(StoredType type, Presence presence, ValueRules rules) {
		return new Place(type, presence, Traits.NONE, true, rules);
	}

	Place asElement() {
		return new Place(this.type, this.presence, this.traits, true, this.rules);
	}

	// Its declared zone, null if its name decides
	@Nullable Zone zone() {
		return this.traits.zone();
	}

	void check(Location at, @Nullable Object value, @Nullable Object before) {
		if (value == null) {
			checkNull(at);
			return;
		}
		this.type.check(at, value, before);
		this.rules.check(at, value);
	}

	void checkPart(Location at, @Nullable Object value, ChangedPart part) {
		if (value == null) {
			checkNull(at);
			return;
		}
		this.type.checkPart(at, value, part);
		this.rules.check(at, value);
	}

	void checkConstraints(Location at, @Nullable Object value, ChangedPart part) {
		if (value != null) {
			this.type.checkConstraints(at, value, part);
		}
	}

	private void checkNull(Location at) {
		if (this.presence != Presence.NULLABLE) {
			throw at.isNull(this.type.describe());
		}
	}

	void checkPresence(Location at, @Nullable Object value) {
		if (value == StateTree.ABSENT && this.presence == Presence.REQUIRED) {
			throw at.absent(this.type.describe());
		}
	}

	@Nullable Object convert(Location at, @Nullable Object value) {
		return (value != null) ? this.type.convert(at, value) : null;
	}

	/**
	 * What may be missing at a place.
	 */
	enum Presence {

		/** Neither absent nor null. */
		REQUIRED,

		/** Absent, but not null: collections begin empty, and entries come and go. */
		OPTIONAL,

		/** Absent or null. */
		NULLABLE

	}

}
