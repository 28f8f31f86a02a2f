package io.theus.signal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SignalStatusTests {

	private final SignalHub hub = new SignalHub(2);

	@Test
	void statusTellsHowFarTheSlowestSubscriberIsBehindAndWhatWasMissed() {
		Subscription slow = this.hub.subscribe("*");
		Subscription quick = this.hub.subscribe("*");
		for (int i = 0; i < 5; i++) {
			this.hub.publish("topic", i);
			quick.poll();
		}
		assertThat(this.hub.status()).isEqualTo(new SignalStatus(5, 2, 2, 5, 0));
		assertThatExceptionOfType(SignalLagException.class).isThrownBy(slow::poll);
		assertThat(this.hub.status()).isEqualTo(new SignalStatus(5, 2, 2, 2, 3));
		slow.close();
		assertThat(this.hub.status()).isEqualTo(new SignalStatus(5, 2, 1, 0, 3));
	}

	@Test
	void closedHubHasNothingToCatchUpWith() {
		Subscription slow = this.hub.subscribe("*");
		this.hub.publish("topic", 1);
		this.hub.close();
		assertThat(this.hub.status().lag()).isEqualTo(1);
		assertThat(slow.poll()).isNotNull();
		assertThat(slow.poll()).isNull();
		assertThat(this.hub.status()).isEqualTo(new SignalStatus(1, 2, 1, 0, 0));
	}

}
