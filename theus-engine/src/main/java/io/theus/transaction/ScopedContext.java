package io.theus.transaction;

import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.MapPath;
import io.theus.Merging;
import io.theus.OutboxWriter;
import io.theus.StatePath;
import io.theus.TransactionContext;
import io.theus.contract.ReadScope;
import io.theus.contract.VariableValues;
import io.theus.path.Path;
import io.theus.state.AbstractReader;
import io.theus.state.NoSuchPathException;
import io.theus.state.StateTree;
import io.theus.state.TypedReads;

/**
 * The public face of a {@link Scope}: all overloads of the programming model on top of a
 * handful of operations. Where the scope comes from is up to the subclass.
 *
 * @since 0.1.0
 */
@SuppressWarnings("unchecked")
public abstract class ScopedContext extends AbstractReader implements TransactionContext {

	/**
	 * Return the scope to work in.
	 * @return the scope of the running transaction
	 * @throws TransactionClosedException if there is none
	 */
	protected abstract Scope scope();

	/**
	 * Return the contract variables of whoever runs in the transaction.
	 * @return their values, {@code null} where no process runs
	 */
	protected @Nullable VariableValues variables() {
		return null;
	}

	@Override
	protected final @Nullable Object read(Path path) {
		return scope().read(path, ReadScope.VALUE);
	}

	@Override
	protected final @Nullable Object readKeys(Path path) {
		return scope().read(path, ReadScope.KEYS);
	}

	@Override
	protected final NoSuchPathException absent(Path path) {
		return new NoSuchPathException(path, scope().siblings(path));
	}

	@Override
	public final void set(String path, @Nullable Object value) {
		scope().set(Path.parse(path), value);
	}

	@Override
	public final <T> void set(StatePath<T> path, @Nullable T value) {
		scope().set(path.path(), value);
	}

	@Override
	public final void create(String path, @Nullable Object value) {
		scope().create(Path.parse(path), value);
	}

	@Override
	public final <T> void create(StatePath<T> path, @Nullable T value) {
		scope().create(path.path(), value);
	}

	@Override
	public final <T> void update(String path, Class<T> type, UnaryOperator<T> change) {
		update(StatePath.of(Path.parse(path), type), change);
	}

	@Override
	public final <T> void update(StatePath<T> path, UnaryOperator<T> change) {
		Scope scope = scope();
		scope.locked(() -> scope.set(path.path(), change.apply(get(path))));
	}

	@Override
	public final <T> void upsert(String path, T initial, UnaryOperator<T> change) {
		upsert(StatePath.of(Path.parse(path), TypedReads.typeOf(initial)), initial, change);
	}

	@Override
	public final <T> void upsert(StatePath<T> path, T initial, UnaryOperator<T> change) {
		Scope scope = scope();
		scope.locked(() -> {
			boolean absent = read(path.path()) == StateTree.ABSENT;
			scope.set(path.path(), absent ? initial : change.apply(get(path)));
		});
	}

	@Override
	public final void merge(String path, Map<?, ?> entries) {
		scope().merge(Path.parse(path), entries);
	}

	@Override
	public final <K, V> void merge(MapPath<K, V> path, Map<K, ? extends V> entries) {
		scope().merge(path.path(), entries);
	}

	@Override
	public final void remove(String path) {
		scope().remove(Path.parse(path));
	}

	@Override
	public final void remove(StatePath<?> path) {
		scope().remove(path.path());
	}

	@Override
	public final void append(String path, @Nullable Object element) {
		scope().combine(Path.parse(path), Merging.APPEND, element);
	}

	@Override
	public final <E> void append(StatePath<? extends Collection<E>> path, @Nullable E element) {
		scope().combine(path.path(), Merging.APPEND, element);
	}

	@Override
	public final void add(String path, Number amount) {
		scope().combine(Path.parse(path), Merging.SUM, amount);
	}

	@Override
	public final <T extends Number> void add(StatePath<T> path, T amount) {
		scope().combine(path.path(), Merging.SUM, amount);
	}

	@Override
	public final void max(String path, Comparable<?> value) {
		scope().combine(Path.parse(path), Merging.MAX, value);
	}

	@Override
	public final <T extends Comparable<? super T>> void max(StatePath<T> path, T value) {
		scope().combine(path.path(), Merging.MAX, value);
	}

	@Override
	public final void min(String path, Comparable<?> value) {
		scope().combine(Path.parse(path), Merging.MIN, value);
	}

	@Override
	public final <T extends Comparable<? super T>> void min(StatePath<T> path, T value) {
		scope().combine(path.path(), Merging.MIN, value);
	}

	@Override
	public final void union(String path, Collection<?> elements) {
		scope().combine(Path.parse(path), Merging.UNION, elements);
	}

	@Override
	public final <E> void union(StatePath<? extends Collection<E>> path, Collection<? extends E> elements) {
		scope().combine(path.path(), Merging.UNION, elements);
	}

	@Override
	public final void combine(String path, Object operand) {
		scope().combine(Path.parse(path), null, operand);
	}

	@Override
	public final void combine(StatePath<?> path, Object operand) {
		scope().combine(path.path(), null, operand);
	}

	@Override
	public final HeavyArray heavy(String path) {
		return scope().heavy(HeavyPaths.parse(path));
	}

	@Override
	public final HeavyArray heavy(StatePath<HeavyDescriptor> path) {
		return scope().heavy(path.path());
	}

	@Override
	public final HeavyArray alloc(String key, DType dtype, long... shape) {
		return scope().alloc(key, dtype, shape);
	}

	@Override
	public final void emit(String topic, @Nullable Object payload) {
		scope().emit(topic, payload);
	}

	@Override
	public final void start(String workflow, @Nullable String key, Map<String, ? extends @Nullable Object> inputs) {
		scope().start(workflow, key, inputs, variables());
	}

	@Override
	public final void signalRun(String workflow, String key, String signal, @Nullable Object payload) {
		scope().signalRun(workflow, key, signal, payload);
	}

	@Override
	public final OutboxWriter outbox() {
		Scope scope = scope();
		return scope::send;
	}

	@Override
	public final long version() {
		return scope().base().version();
	}

}
