package io.theus.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.Isolation;
import io.theus.Semantic;
import io.theus.StatePath;
import io.theus.contract.ContractViolationException;
import io.theus.heavy.HeavyAccessException;
import io.theus.heavy.HeavyGoneException;
import io.theus.path.InvalidPathException;
import io.theus.state.IncompatibleValueException;
import io.theus.state.InvalidValueException;
import io.theus.state.InvalidWriteException;
import io.theus.state.NoSuchPathException;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Arrays that the state refers to: published, replaced, read and freed with transactions.
 */
class HeavyStateTests {

	private static final StatePath<HeavyDescriptor> FRAME = StatePath.of("heavy.frame", HeavyDescriptor.class);

	private final TheusEngineBuilder builder = TheusEngine.builder();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private TheusEngine engine = this.builder.build();

	@AfterEach
	void close() {
		this.engine.close();
		this.threads.shutdownNow();
	}

	@Test
	void referenceIsCommittedAndContentIsNotCopied() {
		HeavyDescriptor stored = publish(2);
		assertThat(stored.key()).isEqualTo("frame");
		assertThat(stored.shape()).containsExactly(2L, 3L);
		assertThat(stored.name()).isEqualTo("theus:%s:%d:frame".formatted(stored.session(), stored.pid()));
		assertThat(stored.pid()).isEqualTo(ProcessHandle.current().pid());
		assertThat(this.engine.state().get("heavy.frame.dtype")).isEqualTo(DType.FLOAT64);
		double sum = this.engine.transact((tx) -> tx.heavy("frame").sum());
		assertThat(sum).isEqualTo(12);
		assertThat(this.engine.<Double>transact((tx) -> tx.heavy("heavy.frame").sum())).isEqualTo(12);
		assertThat(this.engine.<Double>transact((tx) -> tx.heavy(FRAME).sum())).isEqualTo(12);
	}

	@Test
	void swapIsOneChangeOfTheWholeReference() {
		HeavyDescriptor first = publish(1);
		HeavyDescriptor second = publish(2);
		long version = this.engine.state().version();
		assertThat(this.engine.history().diff(version - 1, version)).singleElement().satisfies((change) -> {
			assertThat(change.path()).hasToString("heavy.frame");
			assertThat(change.before()).contains(first);
			assertThat(change.after()).contains(second);
		});
	}

	@Test
	void arrayOfFailedAttemptIsFreed() {
		AtomicReference<HeavyArray> array = new AtomicReference<>();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.transact((tx) -> {
			array.set(tx.alloc("frame", DType.INT32, 10));
			tx.set("heavy.frame", array.get());
			assertThat(this.engine.heavy().segments()).hasSize(1);
			throw new IllegalStateException("broken on purpose");
		}));
		assertThat(this.engine.heavy().segments()).isEmpty();
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> array.get().getLong(0));
		assertThat(this.engine.state().find("heavy.frame")).isEmpty();
	}

	@Test
	void replacedArrayIsFreedWhenNobodyUsesItAnyMore() throws Exception {
		publish(1);
		CountDownLatch read = new CountDownLatch(1);
		CountDownLatch replaced = new CountDownLatch(1);
		CompletableFuture<Double> reader = CompletableFuture.supplyAsync(() -> this.engine.transact((tx) -> {
			read.countDown();
			await(replaced);
			// Maps only now what its snapshot refers to
			return tx.heavy("frame").sum();
		}), this.threads);
		await(read);
		publish(2);
		assertThat(this.engine.heavy().segments()).hasSize(2);
		replaced.countDown();
		assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(6);
		assertThat(this.engine.heavy().segments()).hasSize(1);
		assertThat(this.engine.<Double>transact((tx) -> tx.heavy("frame").sum())).isEqualTo(12);
	}

	@Test
	void removedReferenceFreesTheArrayAndTwoReferencesKeepIt() {
		publish(1);
		this.engine.transact((tx) -> {
			tx.set("heavy.copy", tx.get(FRAME));
			return true;
		});
		this.engine.edit("clean up", (tx) -> tx.remove("heavy.frame"));
		assertThat(this.engine.heavy().segments()).hasSize(1);
		assertThat(this.engine.<Double>transact((tx) -> tx.heavy("copy").sum())).isEqualTo(6);
		this.engine.transact((tx) -> {
			tx.set("heavy.copy", null);
			return true;
		});
		assertThat(this.engine.heavy().segments()).isEmpty();
	}

	@Test
	void referencesBelowNamesAndInContainersCount() {
		this.engine.transact((tx) -> {
			HeavyArray left = tx.alloc("left", DType.UINT8, 4);
			HeavyArray right = tx.alloc("right", DType.UINT8, 4);
			tx.set("domain.cameras.heavy_pair", Map.of("left", left, "right", right));
			tx.set("heavy.all", List.of(left, right, tx.alloc("third", DType.UINT8, 4)));
			return true;
		});
		assertThat(this.engine.heavy().segments()).hasSize(3);
		this.engine.edit("clean up", (tx) -> tx.remove("heavy.all"));
		assertThat(this.engine.heavy().segments()).hasSize(2);
		this.engine.edit("clean up", (tx) -> tx.remove("domain.cameras.heavy_pair.left"));
		assertThat(this.engine.heavy().segments()).hasSize(1);
		this.engine.edit("clean up", (tx) -> tx.remove("domain.cameras"));
		assertThat(this.engine.heavy().segments()).isEmpty();
	}

	@Test
	void rawAndVolatileSwapsCount() {
		this.builder.volatilePaths("heavy.stream");
		this.builder.process("camera.take",
				(process) -> process.outputs("heavy.stream").isolation(Isolation.RAW).body((context, arguments) -> {
					HeavyArray frame = context.alloc("stream", DType.INT64, 2);
					frame.fill(7);
					context.set("heavy.stream", frame);
					return null;
				}));
		reopen();
		for (int i = 0; i < 5; i++) {
			this.engine.execute("camera.take");
		}
		assertThat(this.engine.heavy().segments()).hasSize(1);
		assertThat(this.engine.<Double>transact((tx) -> tx.heavy("stream").sum())).isEqualTo(14);
	}

	@Test
	void rawReadsKeepNothing() {
		this.builder.process("camera.look",
				(process) -> process.inputs("heavy.frame", "domain.x")
					.isolation(Isolation.RAW)
					.body((context, arguments) -> {
						context.find("domain.x");
						return context.heavy("frame").sum();
					}));
		reopen();
		publish(1);
		assertThat(this.engine.<Double>execute("camera.look")).isEqualTo(6);
		publish(2);
		assertThat(this.engine.heavy().segments()).hasSize(1);
	}

	@Test
	void attemptSeesWhatAVolatileSwapHasReplacedWithinItsVersion() throws Exception {
		this.builder.volatilePaths("heavy.frame");
		reopen();
		publish(1);
		long version = this.engine.state().version();
		double sum = this.engine.transact((tx) -> {
			CompletableFuture.runAsync(() -> publish(2), this.threads).join();
			return tx.heavy("frame").sum();
		});
		assertThat(sum).isEqualTo(6);
		assertThat(this.engine.state().version()).isEqualTo(version);
		assertThat(this.engine.heavy().segments()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = Isolation.class, names = { "HYBRID", "RAW" })
	void unpublishedArrayOfCommittedAttemptBelongsToTheCaller(Isolation isolation) {
		TransactionOptions options = TransactionOptions.named("make").withIsolation(isolation);
		try (HeavyArray kept = this.engine.transact(options, (tx) -> tx.alloc("frame", DType.INT32, 2))) {
			assertThat(kept.fill(3).sum()).isEqualTo(6);
			assertThat(this.engine.heavy().segments()).hasSize(1);
		}
		assertThat(this.engine.heavy().segments()).isEmpty();
	}

	@Test
	void contentIsWritableForDeclaredOutputsOnly() {
		AtomicInteger writable = new AtomicInteger();
		for (String[] each : new String[][] { { "shop.fill", "heavy.frame" }, { "shop.wide", "heavy.**" } }) {
			this.builder.process(each[0], (process) -> process.outputs(each[1]).body((context, arguments) -> {
				context.heavy("frame").fill(writable.incrementAndGet());
				return null;
			}));
		}
		this.builder.process("shop.read", (process) -> process.inputs("heavy.frame").body((context, arguments) -> {
			context.heavy("frame").fill(9);
			return null;
		}));
		this.builder.process("shop.pure",
				(process) -> process.semantic(Semantic.PURE)
					.inputs("heavy.frame")
					.outputs("heavy.frame")
					.body((context, arguments) -> {
						context.heavy("frame").fill(9);
						return null;
					}));
		reopen();
		publish(1);
		this.engine.execute("shop.fill");
		this.engine.execute("shop.wide");
		assertThat(writable).hasValue(2);
		for (String process : List.of("shop.read", "shop.pure")) {
			assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> this.engine.execute(process))
				.withMessageContaining("read-only");
		}
		assertThatExceptionOfType(HeavyAccessException.class)
			.isThrownBy(() -> this.engine.transact((tx) -> tx.heavy("frame").fill(9)))
			.withMessageContaining("read-only");
		assertThat(this.engine.<Double>transact((tx) -> tx.heavy("frame").sum())).isEqualTo(12);
	}

	@Test
	void allocatedArrayIsReadOnlyOnceItIsPublished() {
		HeavyArray array = this.engine.heavy().alloc("frame", DType.FLOAT32, 4);
		array.fill(1);
		this.engine.transact((tx) -> {
			tx.set("heavy.frame", array);
			return true;
		});
		assertThat(array.sum()).isEqualTo(4);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> array.fill(2))
			.withMessageContaining("read-only");
	}

	@Test
	void contractsBindReadsAndAllocations() {
		this.builder.process("shop.blind", (process) -> process.body((context, arguments) -> context.heavy("frame")));
		this.builder.process("shop.alloc", (process) -> process.outputs("domain.x")
			.body((context, arguments) -> context.alloc("frame", DType.INT8, 1).size()));
		this.builder.process("shop.pure", (process) -> process.semantic(Semantic.PURE)
			.body((context, arguments) -> context.alloc("frame", DType.INT8, 1).size()));
		this.builder.process("shop.through", (process) -> process
			.body((context, arguments) -> this.engine.heavy().alloc("frame", DType.INT8, 1).size()));
		reopen();
		publish(1);
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("shop.blind"))
			.withMessage(
					"read of 'heavy.frame' is not declared by process 'shop.blind': declared=[], add it to inputs");
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("shop.alloc"))
			.withMessage(
					"allocation of 'frame' is not declared by process 'shop.alloc': declared=[domain.x], add the place of its reference to outputs, such as heavy.frame");
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("shop.pure"))
			.withMessage(
					"allocation of 'frame' by process 'shop.pure' is refused: a PURE process allocates no memory, declare semantic = EFFECT");
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("shop.through"))
			.withMessageContaining("allocation of 'frame' is not declared by process 'shop.through'");
	}

	@Test
	void writersOfContentRunOneAfterTheOther() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		List<String> order = new ArrayList<>();
		this.builder.process("shop.slow", (process) -> process.outputs("heavy.frame").body((context, arguments) -> {
			begun.countDown();
			await(go);
			order.add("slow");
			context.heavy("frame").fill(3);
			return null;
		}));
		this.builder.process("shop.quick", (process) -> process.outputs("heavy.frame").body((context, arguments) -> {
			order.add("quick " + context.heavy("frame").getDouble(0));
			return null;
		}));
		reopen();
		publish(1);
		CompletableFuture<?> slow = CompletableFuture.runAsync(() -> this.engine.execute("shop.slow"), this.threads);
		await(begun);
		CompletableFuture<?> quick = CompletableFuture.runAsync(() -> this.engine.execute("shop.quick"), this.threads);
		assertThatThrownBy(() -> quick.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
		go.countDown();
		slow.get(30, TimeUnit.SECONDS);
		quick.get(30, TimeUnit.SECONDS);
		assertThat(order).containsExactly("slow", "quick 3.0");
	}

	@Test
	void whatCannotBeReferredToIsRefused() {
		HeavyArray array = this.engine.heavy().alloc("frame", DType.FLOAT64, 2, 3);
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> set("domain.frame", array))
			.withMessage(
					"value of type io.theus.HeavyArray cannot be stored at 'domain.frame': only the zone HEAVY holds references to arrays, store it below 'heavy' or under a name that begins with heavy_");
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> set("heavy.frame", array.row(0)))
			.withMessage(
					"value of type io.theus.HeavyArray cannot be stored at 'heavy.frame': it is a part or another shape of an array: shape=[3] whole=[2, 3], store the array itself");
		set("heavy.frame", array);
		assertThatExceptionOfType(InvalidWriteException.class).isThrownBy(() -> set("heavy.frame.bytes", 8L))
			.withMessage(
					"path 'heavy.frame.bytes' cannot be written: 'heavy.frame' refers to an array and is replaced as a whole, store another array there");
		HeavyDescriptor old = this.engine.state().get(FRAME);
		array.close();
		publish(1);
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> set("heavy.other", old));
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> set("heavy.others", Map.of("a", old)));
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> this.engine.heavy().map(old));
		assertThat(this.engine.state().find("heavy.other")).isEmpty();
	}

	@Test
	void whatIsNoReferenceCannotBeMapped() {
		set("domain.plain", 5);
		assertThatExceptionOfType(NoSuchPathException.class)
			.isThrownBy(() -> this.engine.transact((tx) -> tx.heavy("frame")))
			.withMessageContaining("heavy.frame");
		assertThatExceptionOfType(IncompatibleValueException.class)
			.isThrownBy(() -> this.engine.transact((tx) -> tx.heavy("domain.plain")));
		assertThatExceptionOfType(InvalidPathException.class)
			.isThrownBy(() -> this.engine.transact((tx) -> tx.heavy("a..b")));
	}

	@Test
	void historyKeepsTheDescriptorAndNoArray() {
		HeavyDescriptor first = publish(1);
		long version = this.engine.state().version();
		HeavyDescriptor second = publish(2);
		assertThat(this.engine.history().at(version).get(FRAME)).isEqualTo(first);
		this.engine.history().restore(version, "go back");
		assertThat(this.engine.state().get(FRAME)).isEqualTo(second);
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> this.engine.heavy().map(first));
	}

	@Test
	void swapsConflictLikeAnyKey() {
		publish(1);
		AtomicInteger attempts = new AtomicInteger();
		this.engine.transact(TransactionOptions.named("swap").withAttempts(3), (tx) -> {
			HeavyDescriptor before = tx.get(FRAME);
			if (attempts.incrementAndGet() == 1) {
				CompletableFuture.runAsync(() -> publish(2), this.threads).join();
			}
			HeavyArray next = tx.alloc("frame", DType.FLOAT64, 2, 3);
			next.copyFrom(tx.heavy("frame"));
			next.scale(10);
			tx.set("heavy.frame", next);
			return before;
		});
		assertThat(attempts).hasValue(2);
		assertThat(this.engine.<Double>transact((tx) -> tx.heavy("frame").sum())).isEqualTo(120);
		assertThat(this.engine.heavy().segments()).hasSize(1);
	}

	@Test
	void viewsEndWithTheAttempt() {
		publish(1);
		HeavyArray view = this.engine.transact((tx) -> tx.heavy("frame"));
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> view.getDouble(0));
	}

	@Test
	void viewOutsideOfAttemptsKeepsAReplacedArray() {
		HeavyDescriptor first = publish(1);
		try (HeavyArray view = this.engine.heavy().map(first)) {
			publish(2);
			assertThat(view.sum()).isEqualTo(6);
			assertThat(this.engine.heavy().segments()).hasSize(2);
		}
		assertThat(this.engine.heavy().segments()).hasSize(1);
	}

	@Test
	void forkSeesContentsReadOnlyAndKeepsItsOwn() {
		this.builder.process("shop.fill", (process) -> process.outputs("heavy.frame").body((context, arguments) -> {
			context.heavy("frame").fill(9);
			return null;
		}));
		reopen();
		publish(1);
		HeavyDescriptor own;
		try (TheusEngine fork = this.engine.fork(this.engine.state().version())) {
			assertThat(fork.<Double>transact((tx) -> tx.heavy("frame").sum())).isEqualTo(6);
			assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> fork.execute("shop.fill"))
				.withMessageContaining("read-only");
			fork.transact((tx) -> {
				HeavyArray array = tx.alloc("own", DType.FLOAT64, 1);
				array.fill(5);
				tx.set("heavy.frame", array);
				return true;
			});
			assertThat(fork.<Double>transact((tx) -> tx.heavy("frame").sum())).isEqualTo(5);
			fork.execute("shop.fill");
			assertThat(fork.<Double>transact((tx) -> tx.heavy("frame").sum())).isEqualTo(9);
			assertThat(this.engine.<Double>transact((tx) -> tx.heavy("frame").sum())).isEqualTo(6);
			publish(2);
			assertThat(fork.heavy().segments()).hasSize(1);
			own = fork.state().get(FRAME);
		}
		assertThat(this.engine.heavy().segments()).hasSize(1);
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> this.engine.heavy().map(own));
	}

	@Test
	void bulkOperationsAreAudited() {
		this.builder.process("shop.sum",
				(process) -> process.inputs("heavy.frame").body((context, arguments) -> context.heavy("frame").sum()));
		reopen();
		HeavyDescriptor frame = publish(1);
		this.engine.execute("shop.sum");
		assertThat(this.engine.audit().trail().entries()).last().satisfies((entry) -> {
			assertThat(entry.kind()).hasToString("ACCESS");
			assertThat(entry.origin()).isEqualTo("process 'shop.sum'");
			assertThat(entry.path()).isEqualTo(frame.name());
			assertThat(entry.message()).isEqualTo("sum: elements=6");
		});
	}

	@Test
	void closedEngineLeavesNothing() {
		publish(1);
		this.engine.heavy().alloc("other", DType.INT8, 100);
		HeavyDescriptor frame = this.engine.state().get(FRAME);
		this.engine.close();
		assertThatThrownBy(() -> this.engine.heavy().map(frame)).isInstanceOf(RuntimeException.class);
		assertThat(java.nio.file.Path.of("/dev/shm", frame.segment())).doesNotExist();
	}

	private void reopen() {
		this.engine.close();
		this.engine = this.builder.build();
	}

	private HeavyDescriptor publish(double value) {
		this.engine.transact((tx) -> {
			HeavyArray frame = tx.alloc("frame", DType.FLOAT64, 2, 3);
			frame.fill(value);
			tx.set("heavy.frame", frame);
			return true;
		});
		return this.engine.state().get(FRAME);
	}

	private void set(String path, Object value) {
		this.engine.transact((tx) -> {
			tx.set(path, value);
			return true;
		});
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
