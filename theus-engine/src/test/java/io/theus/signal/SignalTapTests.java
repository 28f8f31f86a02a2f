package io.theus.signal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.OtherThreads;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals that are handed over by their publishers.
 */
@Timeout(60)
class SignalTapTests {

	private final SignalHub hub = new SignalHub(2);

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void close() {
		this.hub.close();
	}

	@Test
	void noSignalIsLeftOutHoweverSmallTheHub() {
		this.hub.tap(this::note);
		this.hub.publish("sig_first", 1);
		this.hub.publishCommitted(IntStream.range(0, 5).mapToObj((i) -> Signal.of("sig_" + i, i)).toList());
		assertThat(this.seen).containsExactly("sig_first=1", "sig_0=0", "sig_1=1", "sig_2=2", "sig_3=3", "sig_4=4");
		assertThat(this.hub.recent()).hasSize(2);
	}

	@Test
	void signalIsHandedOverByItsPublisher() {
		List<Thread> threads = new ArrayList<>();
		this.hub.tap((signal) -> threads.add(Thread.currentThread()));
		this.hub.publish("sig_a", null);
		assertThat(threads).containsExactly(Thread.currentThread());
	}

	@Test
	void tapIsNoSubscription() {
		this.hub.tap(this::note);
		assertThat(this.hub.publish("sig_a", null)).isZero();
		this.hub.subscribe("sig_*");
		assertThat(this.hub.publish("sig_b", null)).isOne();
	}

	@Test
	void tapThatFailsDisturbsNobody() {
		this.hub.tap((signal) -> {
			throw new IllegalStateException("broken");
		});
		this.hub.tap(this::note);
		this.hub.subscribe("sig_*");
		assertThat(this.hub.publish("sig_a", 1)).isOne();
		this.hub.publishCommitted(List.of(Signal.of("sig_b", 2), Signal.of("sig_c", 3)));
		assertThat(this.seen).containsExactly("sig_a=1", "sig_b=2", "sig_c=3");
	}

	@Test
	void closedTapGetsNothing() {
		SignalHub.Tap tap = this.hub.tap(this::note);
		this.hub.publish("sig_a", 1);
		tap.close();
		tap.close();
		this.hub.publish("sig_b", 2);
		assertThat(this.seen).containsExactly("sig_a=1");
	}

	@Test
	void closedHubHandsOverNothing() {
		this.hub.tap(this::note);
		this.hub.close();
		this.hub.publish("sig_a", 1);
		this.hub.publishCommitted(List.of(Signal.of("sig_b", 2)));
		assertThat(this.seen).isEmpty();
	}

	@Test
	void signalsOfCommitsComeInCommitOrder() {
		List<Long> versions = Collections.synchronizedList(new ArrayList<>());
		try (TheusEngine engine = TheusEngine.builder().build()) {
			engine.signals().tap((signal) -> versions.add(signal.commitVersion()));
			OtherThreads.runAll(4, (thread) -> {
				for (int i = 0; i < 200; i++) {
					engine.transact((transaction) -> {
						transaction.emit("sig_tick", thread);
						return null;
					});
				}
			});
		}
		assertThat(versions).hasSize(800).isSorted().doesNotHaveDuplicates();
	}

	private void note(Signal signal) {
		this.seen.add(signal.topic() + "=" + signal.payload());
	}

}
