package io.theus.parallel;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import io.theus.heavy.HeavyBorrower;
import io.theus.internal.codec.CodecException;
import io.theus.internal.codec.Substitution;
import io.theus.internal.codec.ValueDecoder;
import io.theus.internal.codec.ValueEncoder;
import io.theus.path.Path;
import io.theus.path.PathPattern;

/**
 * Runs calls in a worker, one at a time.
 */
final class CallRunner {

	private final ClassLoader loader;

	private final WorkerBeans beans;

	// The call under way
	private volatile @Nullable WorkerScope scope;

	CallRunner(ClassLoader loader, @Nullable String factory) {
		this.loader = loader;
		this.beans = new WorkerBeans(loader, factory, new WorkerContext(() -> this.scope));
	}

	Frame run(Frame call) {
		try {
			return new Frame(Frame.Kind.RESULT, call.number(), result(call));
		}
		catch (Throwable ex) {
			return failure(call.number(), ex);
		}
	}

	static Frame failure(long number, Throwable failure) {
		ValueEncoder out = new ValueEncoder(Frame.LIMIT, Substitution.NONE);
		out.write(serialized(failure));
		out.write(failure.getClass().getName());
		out.write(message(failure));
		out.write(stack(failure));
		return new Frame(Frame.Kind.FAILURE, number, out.toBytes());
	}

	private static byte @Nullable [] serialized(Throwable failure) {
		try {
			ValueEncoder whole = new ValueEncoder(Frame.LIMIT / 2, Substitution.NONE);
			whole.write(failure);
			return whole.toBytes();
		}
		catch (CodecException ex) {
			return null;
		}
	}

	// These call what the application has written
	private static String message(Throwable failure) {
		try {
			return String.valueOf(failure.getMessage());
		}
		catch (RuntimeException ex) {
			return "its message cannot be made";
		}
	}

	private static String stack(Throwable failure) {
		try {
			StringWriter text = new StringWriter();
			failure.printStackTrace(new PrintWriter(text));
			return text.toString();
		}
		catch (RuntimeException ex) {
			return "its stack trace cannot be printed";
		}
	}

	private byte[] result(Frame call) throws Throwable {
		try (HeavyBorrower borrower = new HeavyBorrower()) {
			Substitution arrays = HeavyTransport.borrowing(borrower);
			ValueDecoder in = new ValueDecoder(ByteBuffer.wrap(call.content()), this.loader, arrays);
			String process = in.read(String.class);
			String executionId = in.read(String.class);
			int attempt = in.read(Integer.class);
			Map<?, ?> trace = in.read(Map.class);
			WorkerCall.Target target = in.read(WorkerCall.Target.class);
			List<WorkerCall.Argument> arguments = arguments(in, process);
			WorkerScope own = scope(in, process, executionId, attempt, borrower);
			ValueEncoder out = new ValueEncoder(Frame.LIMIT, arrays);
			CallTransport.write(out, process, "the result", invoke(own, trace, target, arguments));
			return out.toBytes();
		}
	}

	private @Nullable Object invoke(WorkerScope own, Map<?, ?> trace, WorkerCall.Target target,
			List<WorkerCall.Argument> arguments) throws Throwable {
		this.scope = own;
		trace.forEach((name, value) -> MDC.put((String) name, (String) value));
		try {
			return invoke(own.process(), target, arguments, new WorkerContext(() -> own));
		}
		finally {
			trace.keySet().forEach((name) -> MDC.remove((String) name));
			own.end();
			this.scope = null;
		}
	}

	private static List<WorkerCall.Argument> arguments(ValueDecoder in, String process) {
		int count = in.read(Integer.class);
		List<WorkerCall.Argument> arguments = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String name = in.read(String.class);
			boolean isContext = in.read(Boolean.class);
			arguments.add(new WorkerCall.Argument(name, CallTransport.read(in, process, "argument '" + name + "'"),
					isContext));
		}
		return arguments;
	}

	private static WorkerScope scope(ValueDecoder in, String process, String executionId, int attempt,
			HeavyBorrower borrower) {
		long version = in.read(Long.class);
		List<PathPattern> patterns = new ArrayList<>();
		for (Object text : in.read(List.class)) {
			patterns.add(PathPattern.parse((String) text));
		}
		int count = in.read(Integer.class);
		Map<Path, @Nullable Object> values = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			String path = in.read(String.class);
			values.put(Path.parse(path), CallTransport.read(in, process, "input '" + path + "'"));
		}
		return new WorkerScope(process, executionId, attempt, version, patterns, values, borrower);
	}

	private @Nullable Object invoke(String process, WorkerCall.Target target, List<WorkerCall.Argument> arguments,
			WorkerContext context) throws Throwable {
		Object bean = this.beans.get(target.type());
		Method method = this.beans.method(bean.getClass(), target);
		@Nullable Object[] values = new Object[arguments.size()];
		for (int i = 0; i < values.length; i++) {
			WorkerCall.Argument argument = arguments.get(i);
			values[i] = argument.isContext() ? context : argument.value();
			check(process, argument, method.getParameterTypes()[i], values[i]);
		}
		try {
			return method.invoke(bean, values);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static void check(String process, WorkerCall.Argument argument, Class<?> type, @Nullable Object value) {
		if (value != null && !MethodType.methodType(type).wrap().returnType().isInstance(value)) {
			throw new TransportException(process, "argument '" + argument.name() + "'",
					"parameter=%s, arrives as type=%s, declare the parameter as an interface such as List"
						.formatted(type.getTypeName(), value.getClass().getTypeName()),
					null);
		}
	}

}
