package io.theus.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.TransactionContext;
import io.theus.heavy.HeavySegment;
import io.theus.heavy.HeavyState;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads publish, copy, drop and read arrays at random: nobody finds one gone that
 * its snapshot refers to, each is seen whole, and in the end there are those that the
 * state refers to and no others.
 */
class HeavyStressTests {

	private static final int THREADS = 4;

	private static final int OPERATIONS = 400;

	private static final String[] PLACES = { "heavy.a", "heavy.b", "domain.heavy_c", "heavy.d.inner" };

	private static final TransactionOptions PATIENT = TransactionOptions.named("stress").withAttempts(100);

	private final TheusEngine engine = TheusEngine.builder().volatilePaths("heavy.b").build();

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.engine.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void whatTheStateRefersToIsThereAndNothingElse(long seed) throws Exception {
		// Something to be registered with from the beginning
		this.engine.heavy().alloc("first", DType.INT8, 1).close();
		List<Future<?>> workers = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Random random = new Random(seed * THREADS + i);
			workers.add(this.threads.submit(() -> work(random)));
		}
		for (Future<?> worker : workers) {
			worker.get(120, TimeUnit.SECONDS);
		}
		Set<String> referred = new HashSet<>();
		for (String place : PLACES) {
			find(place).ifPresent((descriptor) -> referred.add(descriptor.segment()));
		}
		assertThat(this.engine.heavy().segments()).as("seed=%d", seed)
			.allSatisfy((segment) -> assertThat(segment.state()).isEqualTo(HeavyState.PUBLISHED))
			.extracting(HeavySegment::segment)
			.containsExactlyInAnyOrderElementsOf(referred);
	}

	private Optional<HeavyDescriptor> find(String place) {
		return this.engine.state().find(place, HeavyDescriptor.class);
	}

	private void work(Random random) {
		for (int i = 0; i < OPERATIONS; i++) {
			String place = PLACES[random.nextInt(PLACES.length)];
			String other = PLACES[random.nextInt(PLACES.length)];
			int operation = random.nextInt(6);
			boolean fails = random.nextInt(10) == 0;
			try {
				this.engine.transact(PATIENT, (tx) -> {
					step(tx, operation, place, other);
					if (fails) {
						throw new IllegalStateException("broken on purpose");
					}
					return true;
				});
			}
			catch (IllegalStateException ex) {
				assertThat(ex).hasMessage("broken on purpose");
			}
		}
	}

	private static void step(TransactionContext tx, int operation, String place, String other) {
		switch (operation) {
			case 0, 1 -> publish(tx, place);
			case 2 -> tx.find(place, HeavyDescriptor.class).ifPresent((reference) -> tx.set(other, reference));
			case 3 -> tx.set(place, null);
			default -> {
				read(tx, place);
				read(tx, other);
			}
		}
	}

	private static void publish(TransactionContext tx, String place) {
		HeavyArray array = tx.alloc("array", DType.INT32, 64);
		array.fill((double) tx.version());
		tx.set(place, array);
	}

	private static void read(TransactionContext tx, String place) {
		if (tx.find(place, HeavyDescriptor.class).isPresent()) {
			HeavyArray array = tx.heavy(place);
			assertThat(array.min()).isEqualTo(array.max());
		}
	}

}
