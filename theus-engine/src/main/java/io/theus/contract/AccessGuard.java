package io.theus.contract;

import io.theus.path.Path;
import io.theus.path.Right;
import io.theus.path.Zone;

/**
 * Decides whether an access is within the rules of whoever asks. Every check returns
 * normally or throws; {@link #grants} has been asked before.
 *
 * @since 0.1.0
 */
public interface AccessGuard {

	/**
	 * Check a read.
	 * @param path what is read
	 * @param zone the zone of the path
	 * @param scope how much of it
	 */
	void checkRead(Path path, Zone zone, ReadScope scope);

	/**
	 * Check a write at the path that the caller names.
	 * @param path what is written
	 * @param zone the zone of the path
	 * @param right how it is written
	 */
	void checkWrite(Path path, Zone zone, Right right);

	/**
	 * Check one of the changes that a write causes below the path that the caller named.
	 * @param path the part that changes
	 * @param zone the zone of that part
	 * @param right how it changes
	 */
	void checkPart(Path path, Zone zone, Right right);

	/**
	 * Check the emission of a signal.
	 * @param topic the topic
	 */
	void checkEmit(String topic);

	/**
	 * Check an outbox message.
	 * @param topic the topic
	 */
	void checkSend(String topic);

	/**
	 * Check the start of a run.
	 * @param workflow the name of the workflow
	 */
	void checkStart(String workflow);

	/**
	 * Check a signal to one run.
	 * @param workflow the name of the workflow
	 */
	void checkSignalRun(String workflow);

	/**
	 * Check the allocation of an array.
	 * @param key what it is to be called
	 */
	default void checkAlloc(String key) {
		// Anybody without a contract may allocate
	}

	/**
	 * Return whether the content of an array may be written.
	 * @param path where the reference to it is, in the zone HEAVY
	 * @return whether everything else is kept from it meanwhile; by default not
	 */
	default boolean writesContent(Path path) {
		return false;
	}

	/**
	 * Return whether the keys of a node may be told, for a suggestion. This is no access.
	 * @param path the path of the node
	 * @param zone the zone of the path
	 * @return whether a read of its keys would be allowed
	 */
	default boolean seesKeys(Path path, Zone zone) {
		return true;
	}

	/**
	 * Return whether whoever asks has a right in a zone, apart from all other rules.
	 * @param zone the zone
	 * @param right the right
	 * @return whether it is granted; by default what the zone grants to everybody
	 */
	default boolean grants(Zone zone, Right right) {
		return zone.grants(right);
	}

}
