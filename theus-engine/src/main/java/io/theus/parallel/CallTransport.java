package io.theus.parallel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.internal.codec.CodecException;
import io.theus.internal.codec.Substitution;
import io.theus.internal.codec.ValueDecoder;
import io.theus.internal.codec.ValueEncoder;
import io.theus.path.Path;
import io.theus.path.PathPattern;

/**
 * Calls and their replies as the engine writes and reads them.
 */
final class CallTransport {

	private static final String REMEDY = ", or run the process with theus.parallel.mode=threads";

	private final ClassLoader loader;

	CallTransport(ClassLoader loader) {
		this.loader = loader;
	}

	byte[] encode(WorkerCall call) {
		ValueEncoder out = new ValueEncoder(Frame.LIMIT, HeavyTransport.LENDING);
		out.write(call.process());
		out.write(call.executionId());
		out.write(call.attempt());
		out.write(call.trace());
		out.write(call.target());
		out.write(call.arguments().size());
		for (WorkerCall.Argument argument : call.arguments()) {
			out.write(argument.name());
			out.write(argument.isContext());
			write(out, call.process(), "argument '" + argument.name() + "'", argument.value());
		}
		out.write(call.inputs().version());
		out.write(call.inputs().patterns().stream().map(PathPattern::boundText).toList());
		out.write(call.inputs().values().size());
		for (Map.Entry<Path, @Nullable Object> input : call.inputs().values().entrySet()) {
			out.write(input.getKey().toString());
			write(out, call.process(), "input '" + input.getKey() + "'", input.getValue());
		}
		return out.toBytes();
	}

	// Also for what comes back
	static void write(ValueEncoder out, String process, String subject, @Nullable Object value) {
		try {
			out.write(value);
		}
		catch (CodecException ex) {
			throw new TransportException(process, subject, ex.getMessage() + REMEDY, ex.getCause());
		}
	}

	static @Nullable Object read(ValueDecoder in, String process, String subject) {
		try {
			return in.read();
		}
		catch (CodecException ex) {
			throw new TransportException(process, subject, ex.getMessage() + REMEDY, ex.getCause());
		}
	}

	@Nullable Object decode(WorkerCall call, PendingCall.Reply reply) throws Throwable {
		ValueDecoder in = new ValueDecoder(ByteBuffer.wrap(reply.frame().content()), this.loader, Substitution.NONE);
		if (reply.frame().kind() == Frame.Kind.RESULT) {
			return read(in, call.process(), "the result");
		}
		throw failure(call, reply, in);
	}

	private Throwable failure(WorkerCall call, PendingCall.Reply reply, ValueDecoder in) {
		byte @Nullable [] whole = (byte[]) in.read();
		String type = in.read(String.class);
		String message = in.read(String.class);
		String stack = in.read(String.class);
		Throwable failure = (whole != null) ? throwable(whole) : null;
		return marked((failure != null) ? failure : new RemoteProcessException(call.process(), type, message, stack),
				reply.pid());
	}

	private @Nullable Throwable throwable(byte[] whole) {
		try {
			return new ValueDecoder(ByteBuffer.wrap(whole), this.loader, Substitution.NONE).read(Throwable.class);
		}
		catch (CodecException ex) {
			return null;
		}
	}

	// First the way in the worker, then a mark, then the way to the call
	private static Throwable marked(Throwable failure, long pid) {
		List<StackTraceElement> trace = new ArrayList<>();
		if (!(failure instanceof RemoteProcessException)) {
			for (StackTraceElement element : failure.getStackTrace()) {
				if (element.getClassName().equals(CallRunner.class.getName())) {
					break;
				}
				trace.add(element);
			}
		}
		trace.add(new StackTraceElement(Worker.class.getName(), "pid_" + pid, "worker process", -1));
		StackTraceElement[] here = Objects.requireNonNull(new Throwable().getStackTrace());
		trace.addAll(Arrays.asList(here).subList(1, here.length));
		failure.setStackTrace(trace.toArray(StackTraceElement[]::new));
		return failure;
	}

}
