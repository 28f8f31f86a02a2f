package io.theus.parallel;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.jspecify.annotations.Nullable;

/**
 * The program that a worker is. It takes calls from its standard input and answers on its
 * standard output; what code prints there goes to the standard error instead. When its
 * input ends, because the engine has ended, it ends at once.
 *
 * @since 0.1.0
 */
public final class WorkerMain {

	private static final int BUFFER = 1 << 16;

	private static final int BROKEN = 70;

	private final InputStream in;

	private final OutputStream out;

	private final Thread body = Thread.currentThread();

	private final BlockingQueue<Frame> calls = new LinkedBlockingQueue<>();

	// The call that runs, 0 for none; guarded by this
	private long running;

	// The last call that was cancelled before it ran; guarded by this
	private long cancelled;

	private WorkerMain(InputStream in, OutputStream out) {
		this.in = in;
		this.out = out;
	}

	/**
	 * Run.
	 * @param arguments the name of the class that makes beans, or nothing
	 * @throws Exception if the engine has ended
	 */
	public static void main(String[] arguments) throws Exception {
		InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER);
		OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
		PrintStream text = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
		System.setIn(InputStream.nullInputStream());
		System.setErr(text);
		System.setOut(text);
		try {
			new WorkerMain(in, out).run((arguments.length > 0) ? arguments[0] : null);
		}
		finally {
			Runtime.getRuntime().halt(BROKEN);
		}
	}

	private void run(@Nullable String factory) throws IOException, InterruptedException {
		Thread reader = new Thread(this::read, "theus-worker-reader");
		reader.setDaemon(true);
		reader.start();
		ClassLoader context = this.body.getContextClassLoader();
		CallRunner runner = new CallRunner((context != null) ? context : WorkerMain.class.getClassLoader(), factory);
		byte[] protocol = ByteBuffer.allocate(Integer.BYTES).putInt(Frame.PROTOCOL).array();
		new Frame(Frame.Kind.HELLO, 0, protocol).write(this.out);
		while (true) {
			Frame call = this.calls.take();
			if (!begin(call.number())) {
				CallRunner.failure(call.number(), new InterruptedException()).write(this.out);
				continue;
			}
			Frame.of(Frame.Kind.BEGUN, call.number()).write(this.out);
			Frame reply = runner.run(call);
			end();
			reply.write(this.out);
		}
	}

	private synchronized boolean begin(long number) {
		boolean wanted = this.cancelled != number;
		this.running = wanted ? number : 0;
		return wanted;
	}

	// An interrupt that comes too late must not hit the next call
	private synchronized void end() {
		this.running = 0;
		Thread.interrupted();
	}

	private synchronized void cancel(long number) {
		if (this.running == number) {
			this.body.interrupt();
		}
		else {
			this.cancelled = number;
		}
	}

	private void read() {
		int status = 0;
		try {
			for (Frame frame = Frame.read(this.in); frame != null; frame = Frame.read(this.in)) {
				if (frame.kind() == Frame.Kind.CANCEL) {
					cancel(frame.number());
				}
				else {
					this.calls.add(frame);
				}
			}
		}
		catch (IOException ex) {
			status = BROKEN;
		}
		finally {
			Runtime.getRuntime().halt(status);
		}
	}

}
