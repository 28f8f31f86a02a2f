package io.theus.heavy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * How much memory an engine may share, and under which name.
 *
 * @param session names the engine; no other that lives at the same time on this machine
 * may have the same
 * @param capacityBytes how many bytes it may use at once, at least 1
 * @param registryDirectory where the file is that records who owns which memory; all
 * engines of a user on a machine use the same
 * @param scanInterval how often memory of dead owners is looked for
 * @since 0.1.0
 */
public record HeavySettings(String session, long capacityBytes, Path registryDirectory, Duration scanInterval) {

	/**
	 * How many bytes an engine may use unless it is told.
	 */
	public static final long DEFAULT_CAPACITY = 512L << 20;

	/**
	 * How often memory of dead owners is looked for unless it is told.
	 */
	public static final Duration DEFAULT_SCAN_INTERVAL = Duration.ofMinutes(1);

	/**
	 * Create the settings.
	 * @throws IllegalArgumentException if the session is blank, or a number is not
	 * positive
	 */
	public HeavySettings {
		if (session.isBlank()) {
			throw new IllegalArgumentException("session of heavy memory is blank, give the engine a name");
		}
		if (capacityBytes < 1) {
			throw new IllegalArgumentException(
					"capacity of heavy memory is not positive: capacity=%d, use at least 1 byte"
						.formatted(capacityBytes));
		}
		if (scanInterval.isNegative() || scanInterval.isZero()) {
			throw new IllegalArgumentException(
					"scan interval of heavy memory is not positive: scanInterval=%s".formatted(scanInterval));
		}
	}

	/**
	 * Return the settings that hold unless others are given.
	 * @param session names the engine
	 * @return the settings
	 */
	public static HeavySettings of(String session) {
		return new HeavySettings(session, DEFAULT_CAPACITY, defaultRegistryDirectory(), DEFAULT_SCAN_INTERVAL);
	}

	/**
	 * Return the settings that hold unless others are given, for an engine that needs no
	 * name of its own.
	 * @return the settings, with a session that nobody else has
	 */
	public static HeavySettings create() {
		return of(newSession());
	}

	/**
	 * Make up a session.
	 * @return eight random digits, hexadecimal
	 */
	public static String newSession() {
		return "%08x".formatted(new SecureRandom().nextInt());
	}

	/**
	 * Return the directory for the registry of this user, below that for temporary files:
	 * like shared memory it belongs to a machine and need not survive its restart.
	 * @return the directory, which need not exist
	 */
	public static Path defaultRegistryDirectory() {
		String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
		return Path.of(System.getProperty("java.io.tmpdir"), "theus-" + user);
	}

	/**
	 * Return the same settings for another engine.
	 * @param other the name of that engine
	 * @return the settings
	 */
	public HeavySettings withSession(String other) {
		return new HeavySettings(other, this.capacityBytes, this.registryDirectory, this.scanInterval);
	}

	/**
	 * Return the same settings with another capacity.
	 * @param bytes how many bytes may be used at once, at least 1
	 * @return the settings
	 */
	public HeavySettings withCapacity(long bytes) {
		return new HeavySettings(this.session, bytes, this.registryDirectory, this.scanInterval);
	}

	/**
	 * Return the same settings with the registry in another place.
	 * @param directory the directory, which need not exist
	 * @return the settings
	 */
	public HeavySettings withRegistryDirectory(Path directory) {
		return new HeavySettings(this.session, this.capacityBytes, directory, this.scanInterval);
	}

	/**
	 * Return the same settings with another interval.
	 * @param interval how often memory of dead owners is looked for
	 * @return the settings
	 */
	public HeavySettings withScanInterval(Duration interval) {
		return new HeavySettings(this.session, this.capacityBytes, this.registryDirectory, interval);
	}

}
