package io.theus.parallel;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.MapPath;
import io.theus.OutboxWriter;
import io.theus.ProcessContext;
import io.theus.StatePath;
import io.theus.path.Path;
import io.theus.state.AbstractReader;
import io.theus.state.NoSuchPathException;
import io.theus.transaction.HeavyPaths;
import io.theus.transaction.TransactionClosedException;

/**
 * The context of what runs in a worker: reads see the declared inputs, all else is for
 * the engine to do.
 * <p>
 * Safe for use by several threads.
 */
final class WorkerContext extends AbstractReader implements ProcessContext {

	private final Supplier<@Nullable WorkerScope> scope;

	WorkerContext(Supplier<@Nullable WorkerScope> scope) {
		this.scope = scope;
	}

	private WorkerScope scope() {
		WorkerScope current = this.scope.get();
		if (current == null || current.isEnded()) {
			throw new TransactionClosedException(
					"no active transaction: a context works in a worker only while a process runs, "
							+ "finish with it before the process returns");
		}
		return current;
	}

	private WorkerContextException readOnly(String operation, @Nullable Object subject) {
		return WorkerContextException.readOnly(scope().process(),
				(subject != null) ? operation + " of '" + subject + "'" : operation);
	}

	@Override
	protected @Nullable Object read(Path path) {
		return scope().read(path);
	}

	@Override
	protected @Nullable Object readKeys(Path path) {
		return scope().readKeys(path);
	}

	@Override
	protected NoSuchPathException absent(Path path) {
		return new NoSuchPathException(path, scope().siblings(path));
	}

	@Override
	public String executionId() {
		return scope().executionId();
	}

	@Override
	public String processId() {
		return scope().process();
	}

	@Override
	public int attempt() {
		return scope().attempt();
	}

	@Override
	public long version() {
		return scope().version();
	}

	@Override
	public ProcessContext detach() {
		WorkerScope current = scope();
		return new WorkerContext(() -> current);
	}

	@Override
	public void set(String path, @Nullable Object value) {
		throw readOnly("set", path);
	}

	@Override
	public <T> void set(StatePath<T> path, @Nullable T value) {
		throw readOnly("set", path.path());
	}

	@Override
	public void create(String path, @Nullable Object value) {
		throw readOnly("create", path);
	}

	@Override
	public <T> void create(StatePath<T> path, @Nullable T value) {
		throw readOnly("create", path.path());
	}

	@Override
	public <T> void update(String path, Class<T> type, UnaryOperator<T> change) {
		throw readOnly("update", path);
	}

	@Override
	public <T> void update(StatePath<T> path, UnaryOperator<T> change) {
		throw readOnly("update", path.path());
	}

	@Override
	public <T> void upsert(String path, T initial, UnaryOperator<T> change) {
		throw readOnly("upsert", path);
	}

	@Override
	public <T> void upsert(StatePath<T> path, T initial, UnaryOperator<T> change) {
		throw readOnly("upsert", path.path());
	}

	@Override
	public void merge(String path, Map<?, ?> entries) {
		throw readOnly("merge", path);
	}

	@Override
	public <K, V> void merge(MapPath<K, V> path, Map<K, ? extends V> entries) {
		throw readOnly("merge", path.path());
	}

	@Override
	public void remove(String path) {
		throw readOnly("remove", path);
	}

	@Override
	public void remove(StatePath<?> path) {
		throw readOnly("remove", path.path());
	}

	@Override
	public void append(String path, @Nullable Object element) {
		throw readOnly("append", path);
	}

	@Override
	public <E> void append(StatePath<? extends Collection<E>> path, @Nullable E element) {
		throw readOnly("append", path.path());
	}

	@Override
	public void add(String path, Number amount) {
		throw readOnly("add", path);
	}

	@Override
	public <T extends Number> void add(StatePath<T> path, T amount) {
		throw readOnly("add", path.path());
	}

	@Override
	public void max(String path, Comparable<?> value) {
		throw readOnly("max", path);
	}

	@Override
	public <T extends Comparable<? super T>> void max(StatePath<T> path, T value) {
		throw readOnly("max", path.path());
	}

	@Override
	public void min(String path, Comparable<?> value) {
		throw readOnly("min", path);
	}

	@Override
	public <T extends Comparable<? super T>> void min(StatePath<T> path, T value) {
		throw readOnly("min", path.path());
	}

	@Override
	public void union(String path, Collection<?> elements) {
		throw readOnly("union", path);
	}

	@Override
	public <E> void union(StatePath<? extends Collection<E>> path, Collection<? extends E> elements) {
		throw readOnly("union", path.path());
	}

	@Override
	public void combine(String path, Object operand) {
		throw readOnly("combine", path);
	}

	@Override
	public void combine(StatePath<?> path, Object operand) {
		throw readOnly("combine", path.path());
	}

	@Override
	public HeavyArray heavy(String path) {
		return scope().heavy(HeavyPaths.parse(path));
	}

	@Override
	public HeavyArray heavy(StatePath<HeavyDescriptor> path) {
		return scope().heavy(path.path());
	}

	@Override
	public HeavyArray alloc(String key, DType dtype, long... shape) {
		throw readOnly("alloc", key);
	}

	@Override
	public void emit(String topic, @Nullable Object payload) {
		throw readOnly("emit", topic);
	}

	@Override
	public void start(String workflow, @Nullable String key, Map<String, ? extends @Nullable Object> inputs) {
		throw readOnly("start", workflow);
	}

	@Override
	public void signalRun(String workflow, String key, String signal, @Nullable Object payload) {
		throw readOnly("signalRun", workflow);
	}

	@Override
	public OutboxWriter outbox() {
		throw readOnly("outbox", null);
	}

	// What it returns would be lost if the worker died
	@Override
	public <T extends @Nullable Object, X extends Throwable> T once(String name, Class<T> type, Block<T, X> block) {
		throw readOnly("once", name);
	}

}
