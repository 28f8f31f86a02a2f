package io.theus.parallel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A worker as the engine sees it: a process of the operating system, and three threads
 * for its three pipes, so that neither side ever waits for the other to read.
 * <p>
 * What is said to be the pool's is guarded by the lock of the pool.
 */
final class Worker {

	private static final Duration TO_END = Duration.ofSeconds(5);

	// Ends the thread that writes, and the worker's input with it
	private static final Frame END = Frame.of(Frame.Kind.HELLO, -1);

	private final WorkerLauncher.Started launched;

	private final Process process;

	private final WorkerLog log;

	private final Thread logThread;

	private final Events events;

	private final BlockingQueue<Frame> outgoing = new LinkedBlockingQueue<>();

	// Why it is killed, in words
	private final AtomicReference<@Nullable String> sentence = new AtomicReference<>();

	// The pool's
	private boolean ready;

	// The pool's
	private boolean stopping;

	// The pool's
	private boolean proven;

	// The pool's
	private @Nullable PendingCall running;

	Worker(WorkerLauncher.Started launched, Events events) {
		this.launched = launched;
		this.process = launched.process();
		this.events = events;
		this.log = new WorkerLog(this.process.pid());
		this.logThread = thread("log", () -> this.log.read(this.process.getErrorStream()));
	}

	private Thread thread(String purpose, Runnable task) {
		Thread thread = new Thread(task, "theus-worker-" + this.process.pid() + "-" + purpose);
		thread.setDaemon(true);
		return thread;
	}

	void start() {
		this.logThread.start();
		thread("write", this::write).start();
		thread("read", this::read).start();
	}

	long pid() {
		return this.process.pid();
	}

	boolean isReady() {
		return this.ready;
	}

	void ready() {
		this.ready = true;
	}

	boolean isStopping() {
		return this.stopping;
	}

	// Whether it has answered a call
	boolean isProven() {
		return this.proven;
	}

	@Nullable PendingCall running() {
		return this.running;
	}

	void begin(PendingCall call, long number) {
		this.running = call;
		send(call.assign(this, number));
	}

	void finish() {
		this.running = null;
		this.proven = true;
	}

	void send(Frame frame) {
		this.outgoing.add(frame);
	}

	// It ends by itself when it has nothing more to read
	void stop() {
		this.stopping = true;
		this.outgoing.add(END);
	}

	void kill(String reason) {
		// What follows from it, such as closed pipes, is no reason
		this.sentence.compareAndSet(null, reason);
		this.process.destroyForcibly();
	}

	WorkerStartException startFailure(WorkerExit exit) {
		return new WorkerStartException(this.launched.command().java(),
				"exit code=%d, %s, check theus.parallel.jvm-options".formatted(exit.code(), exit.words()),
				exit.lastLines(), null);
	}

	@SuppressWarnings("ReferenceEquality")
	private void write() {
		try (OutputStream out = this.process.getOutputStream()) {
			for (Frame frame = this.outgoing.take(); frame != END; frame = this.outgoing.take()) {
				frame.write(out);
			}
		}
		catch (IOException ex) {
			// The worker has ended, which the thread that reads tells
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void read() {
		InputStream in = this.process.getInputStream();
		try {
			Frame hello = Frame.read(in);
			this.launched.cleanUp();
			String problem = problem(hello);
			if (problem != null) {
				kill(problem);
			}
			if (problem != null || hello == null) {
				return;
			}
			this.events.ready(this);
			for (Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
				this.events.received(this, frame);
			}
		}
		catch (Frame.NoFrameException ex) {
			readReport(ex);
		}
		catch (IOException | RuntimeException ex) {
			kill(String.valueOf(ex.getMessage()));
		}
		finally {
			this.events.ended(this, exit());
			close(in);
		}
	}

	// The pipe goes with the process; this is for what it has left behind
	private static void close(InputStream in) {
		try {
			in.close();
		}
		catch (IOException ex) {
			// There is nothing more to be read in any case
		}
	}

	// What is wrong with the first frame; nothing if there is none, because the exit
	// tells
	// more
	private static @Nullable String problem(@Nullable Frame hello) {
		if (hello == null) {
			return null;
		}
		int protocol = (hello.kind() == Frame.Kind.HELLO && hello.content().length == Integer.BYTES)
				? ByteBuffer.wrap(hello.content()).getInt() : -1;
		return (protocol == Frame.PROTOCOL) ? null
				: "it speaks another protocol: expected=%d, found=%d, give it the theus-engine of this application"
					.formatted(Frame.PROTOCOL, protocol);
	}

	// A virtual machine that crashes says so on its standard output, and then ends
	private void readReport(Frame.NoFrameException failure) {
		InputStream rest = new SequenceInputStream(new ByteArrayInputStream(failure.read()),
				this.process.getInputStream());
		Thread reader = thread("report", () -> this.log.read(rest));
		reader.start();
		try {
			reader.join(TO_END.toMillis());
			if (!this.process.waitFor(reader.isAlive() ? 0 : TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
				kill(String.valueOf(failure.getMessage()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private WorkerExit exit() {
		this.outgoing.add(END);
		int code = -1;
		try {
			// One that has closed its pipe only is not of use any more
			if (!this.process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
				kill("it closed its standard output");
			}
			code = this.process.waitFor();
			// Children of the worker may keep its standard error open
			this.logThread.join(TO_END.toMillis());
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
		}
		return new WorkerExit(pid(), code, this.sentence.get(), this.log.lastLines());
	}

	/** What the pool is told, by the thread that reads. */
	interface Events {

		void ready(Worker worker);

		void received(Worker worker, Frame frame);

		void ended(Worker worker, WorkerExit exit);

	}

}
