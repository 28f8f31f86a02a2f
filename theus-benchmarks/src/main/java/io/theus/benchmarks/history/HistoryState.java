package io.theus.benchmarks.history;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.theus.benchmarks.ledger.Keys;

/**
 * A large map of which a number of versions is kept, and the bytes that it holds alive
 * before anything is measured.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class HistoryState {

	// Beyond the numbers that the JDK shares, so that each value is an object of its own
	private static final long FIRST_VALUE = 1_000_000;

	@Param
	VersionedMapType versionedMapType;

	@Param("1000000")
	int keys;

	@Param("256")
	int versions;

	/** How many versions are made before anything is measured, the first one included. */
	@Param("256")
	int made;

	private final SplittableRandom random = new SplittableRandom(1);

	private VersionedMap map;

	private long liveBytes;

	private int age;

	/**
	 * Fill the map, make its versions and take its size.
	 */
	@Setup
	public void open() {
		long before = collect();
		this.map = this.versionedMapType.open(content(this.keys), this.versions);
		for (int version = 1; version < this.made; version++) {
			commit();
		}
		this.liveBytes = collect() - before;
	}

	private static Map<String, Long> content(int keys) {
		Map<String, Long> content = new HashMap<>();
		for (int index = 0; index < keys; index++) {
			content.put(Keys.of(index), FIRST_VALUE + index);
		}
		return content;
	}

	// Twice, because what the first collection hands to a reference queue goes with the
	// second
	private static long collect() {
		System.gc();
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * Release the map.
	 */
	@TearDown
	public void close() {
		this.map.close();
	}

	void commit() {
		int[] changed = new int[VersionedMap.CHANGES];
		int first = this.random.nextInt(this.keys);
		for (int index = 0; index < changed.length; index++) {
			changed[index] = (first + index * (this.keys / changed.length)) % this.keys;
		}
		this.map.commit(changed);
	}

	/**
	 * Compare two versions, other ones than last time.
	 * @return how many keys differ
	 * @throws IllegalStateException if that is not what was changed
	 */
	int diff() {
		this.age = (this.age + 1) % (this.versions - 1);
		int differences = this.map.diff(this.age);
		if (differences != VersionedMap.CHANGES) {
			throw new IllegalStateException("versions do not differ in what was changed: changed=%d, differences=%d, "
				.formatted(VersionedMap.CHANGES, differences) + "do not count this measurement");
		}
		return differences;
	}

	/**
	 * Fork a version, another one than last time.
	 * @return the value of a key in it
	 * @throws IllegalStateException if it cannot be that of the key
	 */
	long fork() {
		this.age = (this.age + 1) % (this.versions - 1);
		int key = this.random.nextInt(this.keys);
		long value = this.map.fork(this.age, key);
		if (value < FIRST_VALUE + key) {
			throw new IllegalStateException(
					"fork does not hold the key: key=%d, value=%d, do not count this measurement".formatted(key,
							value));
		}
		return value;
	}

	long liveBytes() {
		return this.liveBytes;
	}

}
