package io.theus.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.path.TopicPattern;

/**
 * What is given to a simulation besides inputs, and when it stops. Each method returns
 * options that differ in one thing.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class SimulationOptions {

	/**
	 * How many steps a simulation visits at most if nothing else is said.
	 */
	public static final int DEFAULT_MAX_VISITS = 10_000;

	// The longest time that anything of the engine waits for
	private static final Duration LONGEST = Duration.ofDays(36500);

	/**
	 * Nothing given, {@value #DEFAULT_MAX_VISITS} visits, a hundred years of virtual
	 * time.
	 */
	public static final SimulationOptions NONE = new SimulationOptions(Map.of(), List.of(), RunOptions.NONE,
			DEFAULT_MAX_VISITS, LONGEST);

	private final Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results;

	private final List<GivenSignal> signals;

	private final RunOptions run;

	private final int maxVisits;

	private final Duration maxTime;

	private SimulationOptions(Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results,
			List<GivenSignal> signals, RunOptions run, int maxVisits, Duration maxTime) {
		this.results = results;
		this.signals = signals;
		this.run = run;
		this.maxVisits = maxVisits;
		this.maxTime = maxTime;
	}

	/**
	 * Let something stand in for a process, which is not run then. Processes with side
	 * effects need it.
	 * @param process the id of the process, its short name, or a relaxed spelling
	 * @param result gives the result of each call
	 * @return the options
	 */
	public SimulationOptions result(String process, StandIn result) {
		Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> more = new LinkedHashMap<>(this.results);
		more.put(process, (Map<String, @Nullable Object> arguments) -> call(result, arguments));
		return new SimulationOptions(Collections.unmodifiableMap(more), this.signals, this.run, this.maxVisits,
				this.maxTime);
	}

	private static @Nullable Object call(StandIn standIn, Map<String, @Nullable Object> arguments) {
		try {
			return standIn.call(arguments);
		}
		catch (Exception ex) {
			throw SimulationOptions.<RuntimeException>unchanged(ex);
		}
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <X extends Throwable> X unchanged(Throwable failure) throws X {
		throw (X) failure;
	}

	/**
	 * Send the run a signal before it begins, which is kept until a wait takes it.
	 * @param topic the topic
	 * @param payload an immutable value, or {@code null}
	 * @return the options
	 * @throws io.theus.path.InvalidTopicException if the topic is not a valid name
	 */
	public SimulationOptions signal(String topic, @Nullable Object payload) {
		return signal(Duration.ZERO, topic, payload);
	}

	/**
	 * Send the run a signal when some virtual time has passed.
	 * @param after how long after the beginning, zero for before it
	 * @param topic the topic
	 * @param payload an immutable value, or {@code null}
	 * @return the options
	 * @throws io.theus.path.InvalidTopicException if the topic is not a valid name
	 * @throws IllegalArgumentException if the time is negative
	 */
	public SimulationOptions signal(Duration after, String topic, @Nullable Object payload) {
		TopicPattern.requireTopic(topic);
		if (after.isNegative()) {
			throw new IllegalArgumentException(
					"signal '%s' cannot come before the simulation: after=%s, use zero or more".formatted(topic,
							after));
		}
		List<GivenSignal> more = new ArrayList<>(this.signals);
		more.add(new GivenSignal(after, topic, payload));
		return new SimulationOptions(this.results, Collections.unmodifiableList(more), this.run, this.maxVisits,
				this.maxTime);
	}

	/**
	 * Say under which key the run would have been started.
	 * @param key what {@code run.key} is in expressions; whether there is a run under it
	 * does not matter
	 * @return the options
	 */
	public SimulationOptions key(String key) {
		return with(new RunOptions(key, this.run.maxOps(), null));
	}

	/**
	 * Limit the operations of the run as {@link RunOptions#withMaxOps} does: above it the
	 * run fails, as it would.
	 * @param maxOps at least 1
	 * @return the options
	 */
	public SimulationOptions maxOps(long maxOps) {
		return with(this.run.withMaxOps(maxOps));
	}

	private SimulationOptions with(RunOptions newRun) {
		return new SimulationOptions(this.results, this.signals, newRun, this.maxVisits, this.maxTime);
	}

	/**
	 * Say after how many visits of steps the simulation stops. What a run does without
	 * coming to rest is not cut off in the middle, so there may be more, up to its
	 * {@code max-ops}.
	 * @param visits at least 1
	 * @return the options
	 */
	public SimulationOptions maxVisits(int visits) {
		if (visits < 1) {
			throw new IllegalArgumentException(
					"a simulation needs visits: maxVisits=%d, use 1 or more".formatted(visits));
		}
		return new SimulationOptions(this.results, this.signals, this.run, visits, this.maxTime);
	}

	/**
	 * Say after how much virtual time the simulation stops.
	 * @param time positive, at most 36,500 days
	 * @return the options
	 */
	public SimulationOptions maxTime(Duration time) {
		if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"the time of a simulation is out of range: maxTime=%s, use a positive duration of at most %s"
						.formatted(time, LONGEST));
		}
		return new SimulationOptions(this.results, this.signals, this.run, this.maxVisits, time);
	}

	Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results() {
		return this.results;
	}

	List<GivenSignal> signals() {
		return this.signals;
	}

	RunOptions run() {
		return this.run;
	}

	int maxVisits() {
		return this.maxVisits;
	}

	Duration maxTime() {
		return this.maxTime;
	}

	/**
	 * A signal that somebody sends.
	 *
	 * @param after when, zero for before the beginning
	 * @param topic the topic
	 * @param payload the payload
	 */
	record GivenSignal(Duration after, String topic, @Nullable Object payload) {

	}

}
