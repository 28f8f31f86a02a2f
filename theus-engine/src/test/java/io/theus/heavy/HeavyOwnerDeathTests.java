package io.theus.heavy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.theus.DType;
import io.theus.HeavyArray;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Owners in virtual machines of their own, which are killed without notice.
 */
@Timeout(180)
class HeavyOwnerDeathTests {

	@RegisterExtension
	final Heaps heaps = new Heaps();

	@Test
	void nextStartLeavesNothingOfTheDeadAndEverythingOfTheLiving() throws Exception {
		try (HeavyChild first = child("first", Duration.ofHours(1));
				HeavyChild second = child("second", Duration.ofHours(1));
				HeavyChild third = child("third", Duration.ofHours(1))) {
			List<String> dead = List.of(second.ask("alloc"), second.ask("alloc"));
			List<String> alive = new ArrayList<>(List.of(first.ask("alloc"), third.ask("alloc"), third.ask("alloc")));
			assertThat(this.heaps.shared()).containsAll(dead).containsAll(alive).hasSize(5);
			second.kill();
			assertThat(this.heaps.shared()).hasSize(5);
			HeavyHeap next = this.heaps.heap("second", 1 << 20);
			assertThat(next.status().reclaimed()).isEqualTo(2);
			assertThat(this.heaps.shared()).containsExactlyInAnyOrderElementsOf(alive);
			assertThat(first.ask("sum")).isEqualTo("1000.0");
			assertThat(third.ask("sum")).isEqualTo("3000.0");
			alive.add(first.ask("alloc"));
			HeavyArray own = next.alloc("x", DType.INT8, 10).fill(1);
			alive.add(own.descriptor().segment());
			assertThat(this.heaps.shared()).containsExactlyInAnyOrderElementsOf(alive);
			first.kill();
			third.kill();
			assertThat(next.reclaim()).isEqualTo(4);
			assertThat(this.heaps.shared()).containsExactly(own.descriptor().segment());
			assertThat(own.sum()).isEqualTo(10);
		}
	}

	@Test
	void deadOwnersAreFoundAtIntervals() throws Exception {
		try (HeavyChild watching = child("watching", Duration.ofMillis(100));
				HeavyChild dying = child("dying", Duration.ofHours(1))) {
			String kept = watching.ask("alloc");
			dying.ask("alloc");
			dying.kill();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(this.heaps.shared()).containsExactly(kept));
			assertThat(watching.ask("reclaimed")).isEqualTo("1");
			watching.kill();
			this.heaps.heap();
		}
	}

	@Test
	void ownerThatIsKilledWhileItAllocatesAndFreesLeavesNothing() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		HeavyHeap living = this.heaps.heap("living", 1 << 20);
		HeavyArray array = living.alloc("x", DType.INT8, 100).fill(1);
		for (int i = 0; i < 5; i++) {
			try (HeavyChild child = child("churn" + i, Duration.ofHours(1))) {
				child.ask("churn");
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(150)));
				child.kill();
			}
			living.reclaim();
			assertThat(this.heaps.shared()).as("seed=%d", seed).containsExactly(array.descriptor().segment());
			assertThat(this.heaps.registered()).as("seed=%d", seed).hasSize(1);
		}
	}

	@Test
	void nativeLibraryIsLoadedByTheFirstAllocationOnly() throws Exception {
		List<String> loaded = new ArrayList<>();
		try (HeavyChild child = child("lazy", Duration.ofHours(1),
				"-Xlog:class+load:file=" + this.heaps.directory().resolve("loaded"))) {
			assertThat(jnaLoaded()).isFalse();
			loaded.add(child.ask("alloc"));
			assertThat(jnaLoaded()).isTrue();
		}
		assertThat(this.heaps.shared()).isEqualTo(loaded);
		this.heaps.heap();
	}

	private boolean jnaLoaded() throws IOException {
		return java.nio.file.Files.readString(this.heaps.directory().resolve("loaded")).contains("com.sun.jna.Native ");
	}

	private HeavyChild child(String name, Duration interval, String... options) throws IOException {
		HeavySettings settings = this.heaps.settings(name, 1 << 20);
		return HeavyChild.start(
				new HeavySettings(settings.session(), settings.capacityBytes(), settings.registryDirectory(), interval),
				options);
	}

}
