package io.theus.parallel;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.sun.jna.Pointer;
import org.slf4j.MDC;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.MapPath;
import io.theus.ProcessContext;

/**
 * What workers run in tests.
 */
class WorkerTasks {

	private final ProcessContext injected;

	private int count;

	private HeavyArray kept;

	WorkerTasks(ProcessContext injected) {
		this.injected = injected;
	}

	double add(int left, double right) {
		return left + right;
	}

	Object echo(Object value) {
		return value;
	}

	long pid() {
		return ProcessHandle.current().pid();
	}

	int count() {
		return ++this.count;
	}

	Object read(ProcessContext context, String path) {
		return context.get(path);
	}

	List<Object> reads(ProcessContext context) {
		return Arrays.asList(context.get("domain.order.total"), this.injected.get("domain.order.total", Long.class),
				context.detach().find("domain.order.note"), context.contains("domain.order.lines"),
				context.keys("domain.order"), context.processId(), context.executionId(), context.attempt(),
				context.version(), context.getOrDefault("domain.prices.gold", 1));
	}

	String write(ProcessContext context, String operation) {
		switch (operation) {
			case "set" -> context.set("domain.order.total", 1);
			case "update" -> context.update("domain.order.total", Long.class, (total) -> total + 1);
			case "put" -> context.set(MapPath.of("domain.order", String.class, Long.class), "total", 1L);
			case "remove" -> context.remove("domain.order.total");
			case "append" -> context.append("domain.order.lines", 1);
			case "emit" -> context.emit("cmd_go", null);
			case "outbox" -> context.outbox().send("orders", "1", "text");
			case "start" -> context.start("flow", null, Map.of());
			case "signalRun" -> context.signalRun("flow", "1", "cmd_go", null);
			case "once" -> context.once("charge", String.class, () -> "done");
			default -> throw new IllegalArgumentException(operation);
		}
		return operation;
	}

	Optional<String> optional(Optional<String> value) {
		return value.map((text) -> text + "!");
	}

	void fail(String message) {
		IllegalStateException cause = new IllegalStateException("cause of " + message);
		IllegalArgumentException failure = new IllegalArgumentException(message, cause);
		failure.addSuppressed(new ArithmeticException("beside " + message));
		throw failure;
	}

	void failUntransportably() {
		throw new Untransportable("secret");
	}

	void error() {
		throw new AssertionError("no");
	}

	Object thread() {
		return new Holder(Thread.currentThread());
	}

	void exit(int status) {
		System.exit(status);
	}

	int hog() {
		List<byte[]> all = new ArrayList<>();
		while (true) {
			all.add(new byte[1 << 20]);
			if (all.size() < 0) {
				return all.size();
			}
		}
	}

	String print(String text) {
		System.out.println(text);
		System.err.println("beside " + text);
		return text;
	}

	int input() throws Exception {
		return System.in.read();
	}

	void kill() throws InterruptedException {
		ProcessBuilder kill = new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()));
		try {
			kill.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		new CountDownLatch(1).await();
	}

	void crash() {
		new Pointer(8).setInt(0, 1);
	}

	void babble() throws InterruptedException {
		writeOutput("this is no frame at all".getBytes(StandardCharsets.UTF_8));
		new CountDownLatch(1).await();
	}

	void truncate() {
		writeOutput(new byte[] { 0x54, 0x48, 4, 0, 0 });
		Runtime.getRuntime().halt(0);
	}

	private static void writeOutput(byte[] bytes) {
		try {
			FileOutputStream out = new FileOutputStream(FileDescriptor.out);
			out.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void complain() {
		System.err.println("this is wrong");
		System.out.print("all wrong");
		System.out.flush();
		Runtime.getRuntime().halt(1);
	}

	String sleepThenEcho(Duration time, String text) throws InterruptedException {
		new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
		return text;
	}

	void sleepThenExit(Duration time) throws InterruptedException {
		new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
		System.exit(1);
	}

	void sleep(String started) throws IOException {
		Files.createFile(Path.of(started));
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			Files.createFile(Path.of(started + ".interrupted"));
			// As code does that does not handle it
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	boolean isInterrupted() {
		return Thread.currentThread().isInterrupted();
	}

	void spin(String started) throws IOException {
		Files.createFile(Path.of(started));
		while (this.count >= 0) {
			Thread.onSpinWait();
		}
	}

	String awaitFile(String started) throws Exception {
		Files.createFile(Path.of(started));
		appears(Path.of(started + ".go"));
		return "went";
	}

	long meet(String directory, String own, String other) throws Exception {
		Files.createFile(Path.of(directory, own));
		appears(Path.of(directory, other));
		return ProcessHandle.current().pid();
	}

	private static void appears(Path file) throws InterruptedException {
		while (!Files.exists(file)) {
			new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
		}
	}

	@SuppressWarnings("NonApiType")
	int list(ArrayList<Integer> values) {
		return values.size();
	}

	String property(String name) {
		return System.getProperty(name);
	}

	String logged(String name) {
		return MDC.get(name);
	}

	double sum(HeavyArray array) {
		return array.sum();
	}

	double sumOfInput(ProcessContext context) {
		return context.heavy("frame").sum();
	}

	HeavyDescriptor descriptor(ProcessContext context) {
		return context.heavy("heavy.frame").descriptor();
	}

	void fill(HeavyArray array) {
		array.fill(7);
	}

	void allocate(ProcessContext context) {
		context.alloc("other", DType.INT8, 1);
	}

	void keep(HeavyArray array) {
		this.kept = array;
	}

	double useKept() {
		return this.kept.sum();
	}

	record Holder(Thread thread) {
	}

	static final class Untransportable extends RuntimeException {

		private final Thread thread = Thread.currentThread();

		Untransportable(String message) {
			super(message);
		}

		Thread thread() {
			return this.thread;
		}

	}

}
