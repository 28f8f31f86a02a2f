package io.theus;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a running transaction offers: reads from its snapshot, which see its own writes,
 * and changes that take effect together at its commit.
 *
 * @since 0.1.0
 */
public interface TransactionContext extends StateReader, StateWriter {

	/**
	 * Map an array that the state refers to, without copying it. The view ends with this
	 * attempt. It is read-only unless a process asks that declares the place of the
	 * reference as output, by a pattern that names the zone HEAVY; such a process has
	 * reserved the place.
	 * @param path the path of the reference, or what follows {@code heavy.} in it
	 * @return the array
	 * @throws io.theus.error.TheusException if there is no reference at the path, the
	 * contract does not allow to read it, or the array is gone
	 */
	HeavyArray heavy(String path);

	/**
	 * Map an array that the state refers to, as {@link #heavy(String)} does.
	 * @param path the path of the reference
	 * @return the array
	 */
	HeavyArray heavy(StatePath<HeavyDescriptor> path);

	/**
	 * Allocate an array in memory that processes of this machine share. Nobody else knows
	 * it until a reference to it, stored as {@code set("heavy.frame", array)}, is
	 * committed. If this attempt fails, it is freed.
	 * @param key what to call it, for example {@code frame}
	 * @param dtype the type of its elements
	 * @param shape the length of each dimension, the slowest first
	 * @return the array, writable, all zeros
	 * @throws io.theus.error.TheusException if there is no room, or the contract does not
	 * allow it
	 */
	HeavyArray alloc(String key, DType dtype, long... shape);

	/**
	 * Emit a signal. It is published after the commit, once, and not at all if the
	 * transaction fails.
	 * @param topic the topic, for example {@code cmd_approve}
	 * @param payload an accepted value
	 */
	void emit(String topic, @Nullable Object payload);

	/**
	 * Start a run of a workflow. It is started after the commit, once, and not at all if
	 * the transaction fails; where its inputs are wrong, this call fails.
	 * @param workflow the name of the workflow
	 * @param key identifies the run among those of its workflow: where there is one
	 * already, no other is started. {@code null} starts one in any case
	 * @param inputs what the run is given, by name, accepted values
	 * @throws io.theus.error.TheusException if there is no such workflow, it takes other
	 * inputs, or the contract does not allow it
	 */
	void start(String workflow, @Nullable String key, Map<String, ? extends @Nullable Object> inputs);

	/**
	 * Send a signal to one run of a workflow, which keeps it until it waits for it. It is
	 * sent after the commit, once, and not at all if the transaction fails.
	 * @param workflow the name of the workflow
	 * @param key identifies the run; where there is none by then, nothing happens
	 * @param signal the name of the signal, for example {@code cmd_approve}
	 * @param payload an accepted value
	 * @throws io.theus.error.TheusException if there is no such workflow, or the contract
	 * does not allow it
	 */
	void signalRun(String workflow, String key, String signal, @Nullable Object payload);

	/**
	 * Return the outbox of this transaction.
	 * @return adds messages that are delivered after the commit
	 */
	OutboxWriter outbox();

	/**
	 * Return the version of the snapshot that this transaction reads.
	 * @return the commit sequence number
	 */
	long version();

}
