package io.theus.path;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The zones of the state: the third axis along which data is told apart. A zone bounds
 * what anybody may do at a path, whatever a contract declares.
 *
 * @since 0.1.0
 */
public enum Zone {

	/**
	 * Ordinary transactional data: the default.
	 */
	DATA(Right.READ, Right.APPEND, Right.UPDATE, Right.DELETE),

	/**
	 * References to large blocks of shared memory; only the reference is transactional.
	 */
	HEAVY(Right.READ, Right.UPDATE),

	/**
	 * Short-lived signals and commands, emitted after the commit and never stored.
	 */
	SIGNAL(Right.READ, Right.EMIT),

	/**
	 * Information about the system itself.
	 */
	META(Right.READ, Right.UPDATE),

	/**
	 * Append-only lists.
	 */
	LOG(Right.READ, Right.APPEND),

	/**
	 * Set once as part of the initial state and never changed, by nobody.
	 */
	CONSTANT(Right.READ),

	/**
	 * Seen by administrative edits and by the Java API of the state only.
	 */
	PRIVATE;

	// Unmodifiable, which the checker cannot see
	@SuppressWarnings("ImmutableEnumChecker")
	private final Set<Right> rights;

	Zone(Right... rights) {
		EnumSet<Right> granted = EnumSet.noneOf(Right.class);
		Collections.addAll(granted, rights);
		this.rights = Collections.unmodifiableSet(granted);
	}

	/**
	 * Return whether this zone grants the given right at all.
	 * @param right the right asked for
	 * @return whether a contract may use that right here
	 */
	public boolean grants(Right right) {
		return this.rights.contains(right);
	}

	/**
	 * Return the most that anybody may do in this zone.
	 * @return the granted rights, unmodifiable
	 */
	public Set<Right> rights() {
		return this.rights;
	}

	/**
	 * Return whether the zone steers the system rather than holding business data.
	 * Control zones are readable for GUIDE processes only.
	 * @return whether this is {@link #SIGNAL} or {@link #META}
	 */
	public boolean isControl() {
		return this == SIGNAL || this == META;
	}

}
