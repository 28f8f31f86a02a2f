package io.theus.parallel;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.path.Path;
import io.theus.path.PathPattern;

/**
 * A pool and calls for it.
 */
final class WorkerFixture implements AutoCloseable {

	static final Duration LIMIT = Duration.ofSeconds(60);

	static final WorkerCall.Inputs NOTHING = new WorkerCall.Inputs(List.of(), Map.of(), 0);

	static final WorkerSettings SETTINGS = WorkerSettings.DEFAULT.withSize(1)
		.withJvm("64m", List.of("-XX:TieredStopAtLevel=1", "-XX:ErrorFile=/dev/null"))
		.withLimits(Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofSeconds(10));

	private final WorkerPool pool;

	private final ExecutorService callers = Executors.newCachedThreadPool();

	WorkerFixture(WorkerSettings settings) {
		this.pool = new WorkerPool(settings);
	}

	WorkerPool pool() {
		return this.pool;
	}

	@Nullable Object call(String method, @Nullable Object... arguments) {
		return call(call(WorkerTasks.class, method, NOTHING, arguments));
	}

	@Nullable Object call(WorkerCall call) {
		try {
			return this.pool.call(call, LIMIT);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	CompletableFuture<@Nullable Object> later(String method, @Nullable Object... arguments) {
		return CompletableFuture.supplyAsync(() -> call(method, arguments), this.callers);
	}

	ExecutorService callers() {
		return this.callers;
	}

	static WorkerCall call(Class<?> type, String name, WorkerCall.Inputs inputs, @Nullable Object... arguments) {
		Method method = Stream.of(type.getDeclaredMethods())
			.filter((each) -> each.getName().equals(name))
			.findFirst()
			.orElseThrow();
		List<WorkerCall.Argument> all = new ArrayList<>();
		int next = 0;
		for (Parameter parameter : method.getParameters()) {
			all.add((parameter.getType() == ProcessContext.class) ? WorkerCall.Argument.context(parameter.getName())
					: WorkerCall.Argument.of(parameter.getName(), arguments[next++]));
		}
		return new WorkerCall("tasks." + name, "e-1", 2, WorkerCall.Target.of(type, method), all, inputs, Map.of());
	}

	static WorkerCall.Inputs inputs(Map<String, @Nullable Object> values, String... patterns) {
		Map<Path, @Nullable Object> byPath = new java.util.LinkedHashMap<>();
		values.forEach((path, value) -> byPath.put(Path.parse(path), value));
		return new WorkerCall.Inputs(Stream.of(patterns).map(PathPattern::parse).toList(), byPath, 7);
	}

	@Override
	public void close() {
		this.pool.close();
		this.callers.shutdownNow();
	}

}
