package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.Isolation;
import io.theus.Merging;
import io.theus.OtherThreads;
import io.theus.TransactionContext;
import io.theus.annotation.TheusState;
import io.theus.annotation.Volatile;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictSettings;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.path.ZoneViolationException;
import io.theus.schema.SchemaViolationException;
import io.theus.state.State;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of places where the last writer wins.
 */
class VolatilePathTests {

	private final AtomicInteger attempts = new AtomicInteger();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.conflicts(new ConflictSettings(3, Duration.ZERO, Duration.ZERO))
		.volatilePaths("domain.sensors.*.value", "domain.ticker")
		.initialState(() -> Map.of("domain",
				Map.of("sensors", Map.of("s", Map.of("value", 0, "unit", "K")), "ticker", 0, "kept", 0)));

	private TheusEngine engine;

	@AfterEach
	void close() {
		if (this.engine != null) {
			this.engine.close();
		}
	}

	@Test
	void lastWriterWinsAndNobodyIsRefused() {
		run(Isolation.DEFAULT, (context) -> {
			context.update("domain.sensors.s.value", Integer.class, (value) -> value + 1);
			context.set("domain.kept", 1);
		}, (other) -> other.set("domain.sensors.s.value", 50));
		assertThat(this.attempts).hasValue(1);
		assertThat(this.engine.state().get("domain.sensors.s.value")).isEqualTo(1);
	}

	@Test
	void whatIsReadIsNotValidated() {
		for (Isolation isolation : List.of(Isolation.HYBRID, Isolation.SAFE)) {
			run(isolation, (context) -> {
				context.get("domain.sensors.s.value");
				context.get("domain.sensors.s");
				context.get("domain.sensors");
				context.set("domain.kept", 1);
			}, (other) -> {
				other.set("domain.sensors.s.value", 50);
				other.set("domain.ticker", 50);
			});
			assertThat(this.attempts).as(isolation.name()).hasValue(1);
			this.engine.close();
		}
	}

	@Test
	void whatIsBesideIsValidatedAsUsual() {
		for (Consumer<TransactionContext> meanwhile : List.<Consumer<TransactionContext>>of(
				(other) -> other.set("domain.sensors.s.unit", "C"), (other) -> other.remove("domain.sensors.s"),
				(other) -> other.set("domain.sensors.t", Map.of("unit", "K")))) {
			run(Isolation.DEFAULT, (context) -> {
				context.find("domain.sensors");
				context.set("domain.kept", 1);
			}, meanwhile);
			assertThat(this.attempts).hasValue(2);
			this.engine.close();
		}
	}

	@Test
	void volatileWriteMakesNoVersionAndNoRecord() {
		List<Long> heard = new ArrayList<>();
		this.engine = this.builder.commitListener((record) -> heard.add(record.version())).build();
		State before = this.engine.state();
		for (int i = 1; i <= 1000; i++) {
			int value = i;
			change((tx) -> tx.set("domain.ticker", value));
		}
		assertThat(this.engine.state().version()).isEqualTo(before.version());
		assertThat(this.engine.state().get("domain.ticker")).isEqualTo(1000);
		assertThat(before.get("domain.ticker")).isEqualTo(0);
		assertThat(this.engine.history().commits()).hasSize(1);
		assertThat(heard).containsExactly(1L);
		assertThat(this.engine.metaLog().entries()).hasSize(1);
	}

	@Test
	void commitThatWritesBothKeepsARecordOfTheOther() {
		this.engine = this.builder.build();
		change((tx) -> {
			tx.set("domain.ticker", 5);
			tx.set("domain.kept", 5);
		});
		assertThat(this.engine.state().version()).isEqualTo(2);
		assertThat(this.engine.history().log("domain")).last()
			.satisfies((commit) -> assertThat(commit.changes()).extracting((change) -> change.path().toString())
				.containsExactly("domain.kept"));
		assertThat(this.engine.history().diff(1, 2)).extracting((change) -> change.path().toString())
			.containsExactly("domain.kept");
		this.engine.history().restore(1, "back");
		assertThat(this.engine.state().get("domain.kept")).isEqualTo(0);
		assertThat(this.engine.state().get("domain.ticker")).isEqualTo(5);
	}

	@Test
	void compareAndSwapOfAVolatilePathIsNeverRefused() {
		this.engine = this.builder.build();
		change((tx) -> tx.set("domain.ticker", 5));
		this.engine.compareAndSwap(0, Map.of("domain.ticker", 6));
		assertThat(this.engine.state().get("domain.ticker")).isEqualTo(6);
		change((tx) -> tx.set("domain.kept", 5));
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(1, Map.of("domain.kept", 6, "domain.ticker", 7)));
		assertThat(this.engine.state().get("domain.ticker")).isEqualTo(6);
	}

	@Test
	void writerDoesNotWaitForATicket() {
		this.engine = this.builder.process("shop.slow",
				(process) -> process.updates("domain").sideEffects("http:slow").body((context, arguments) -> {
					OtherThreads.run(() -> change((tx) -> tx.set("domain.ticker", 9)));
					context.set("domain.kept", context.get("domain.ticker", Integer.class));
					return null;
				}))
			.transactionTimeout(Duration.ofSeconds(30))
			.build();
		this.engine.execute("shop.slow");
		assertThat(this.engine.state().get("domain"))
			.isEqualTo(Map.of("sensors", Map.of("s", Map.of("value", 0, "unit", "K")), "ticker", 9, "kept", 0));
	}

	@Test
	void manyWritersLoseNothingOfWhatIsNotVolatile() {
		this.engine = this.builder.merge("domain.kept", Merging.SUM).build();
		OtherThreads.runAll(4, (thread) -> {
			for (int i = 0; i < 500; i++) {
				int value = i;
				change((tx) -> {
					tx.set("domain.sensors.s.value", value);
					if (value % 2 == 0) {
						tx.add("domain.kept", 1);
					}
				});
			}
		});
		assertThat(this.engine.state().get("domain.kept")).isEqualTo(1000);
		assertThat(this.engine.state().version()).isEqualTo(1001);
		assertThat(this.engine.conflicts(0).refused()).isZero();
	}

	@Test
	void schemaDeclaresAndChecksIt() {
		TheusEngineBuilder declared = TheusEngine.builder()
			.schema(Sensor.class)
			.initialState(() -> Map.of("domain", Map.of("probe", new Sensor("K", 1))));
		this.engine = declared.build();
		State before = this.engine.state();
		change((tx) -> tx.set("domain.probe.value", 2L));
		assertThat(this.engine.state().get("domain.probe")).isEqualTo(new Sensor("K", 2));
		assertThat(this.engine.state().version()).isEqualTo(before.version());
		assertThatExceptionOfType(SchemaViolationException.class)
			.isThrownBy(() -> change((tx) -> tx.set("domain.probe", "none")));
	}

	@Test
	void documentDeclaresAndChecksIt() {
		this.engine = TheusEngine.builder().schema("schema.yml", """
				state:
				  - path: domain.probes.*
				    fields:
				      - name: value
				        type: integer
				        max: 10
				        volatile: true
				      - name: hits
				        type: integer
				        merge: sum
				""").build();
		change((tx) -> tx.set("domain.probes.p", Map.of("hits", 0)));
		change((tx) -> tx.set("domain.probes.p.value", 9));
		change((tx) -> tx.add("domain.probes.p.hits", 1));
		assertThat(this.engine.state().get("domain.probes.p")).isEqualTo(Map.of("hits", 1L, "value", 9L));
		assertThat(this.engine.state().version()).isEqualTo(2);
		assertThatExceptionOfType(SchemaViolationException.class)
			.isThrownBy(() -> change((tx) -> tx.set("domain.probes.p.value", 11)));
	}

	@Test
	void zonesBindVolatileWritersToo() {
		this.engine = TheusEngine.builder()
			.volatilePaths("domain.box")
			.initialState(() -> Map.of("domain", Map.of("box", Map.of("const_size", 1))))
			.build();
		assertThatExceptionOfType(ZoneViolationException.class)
			.isThrownBy(() -> change((tx) -> tx.set("domain.box", Map.of())));
	}

	@Test
	void placeholderInAPatternIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> TheusEngine.builder().volatilePaths("domain.{id}"))
			.withMessage("volatile path has a placeholder: pattern='domain.{id}', use '*' for any key");
	}

	// Another transaction commits between the body and the commit of its first attempt
	private void run(Isolation isolation, Consumer<TransactionContext> body, Consumer<TransactionContext> meanwhile) {
		this.attempts.set(0);
		this.engine = this.builder.process("shop.run",
				(process) -> process.updates("domain").isolation(isolation).body((context, arguments) -> {
					body.accept(context);
					if (this.attempts.incrementAndGet() == 1) {
						OtherThreads.run(() -> change(meanwhile));
					}
					return null;
				}))
			.build();
		this.engine.execute("shop.run");
	}

	private void change(Consumer<TransactionContext> body) {
		this.engine.transact(TransactionOptions.named("change"), (transaction) -> {
			body.accept(transaction);
			return true;
		});
	}

	/**
	 * A record with a volatile component.
	 *
	 * @param unit what the value means
	 * @param value the last measurement
	 */
	@TheusState("domain.probe")
	record Sensor(String unit, @Volatile long value) {

	}

}
