package io.theus.path;

import io.theus.error.TheusException;

/**
 * A zone does not grant a right to anybody. Nothing was changed.
 *
 * @since 0.1.0
 */
public class ZoneViolationException extends TheusException {

	private final Path path;

	private final Zone zone;

	private final Right right;

	/**
	 * Create the exception.
	 * @param path where the right was used
	 * @param zone the zone of that path
	 * @param right the right that the zone does not grant
	 */
	public ZoneViolationException(Path path, Zone zone, Right right) {
		super("%s at '%s' is refused by zone %s: rights=%s, %s".formatted(right, path, zone, zone.rights(),
				remedy(zone)));
		this.path = path;
		this.zone = zone;
		this.right = right;
	}

	private static String remedy(Zone zone) {
		return switch (zone) {
			case CONSTANT -> "a constant is set once, in the initial state";
			case LOG -> "a log is append-only, use append";
			case SIGNAL -> "a signal is not stored, use emit";
			case META -> "information about the system is replaced, use set or update";
			case HEAVY -> "a heavy reference is replaced as a whole, use set";
			case PRIVATE -> "use an administrative edit";
			case DATA -> "check the path";
		};
	}

	/**
	 * Return where the right was used.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Return the zone of that path.
	 * @return the zone
	 */
	public Zone zone() {
		return this.zone;
	}

	/**
	 * Return the right that is not granted.
	 * @return the right
	 */
	public Right right() {
		return this.right;
	}

}
