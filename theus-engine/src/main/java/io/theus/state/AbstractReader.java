package io.theus.state;

import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.MapPath;
import io.theus.StatePath;
import io.theus.StateReader;
import io.theus.TypeRef;
import io.theus.path.Path;

/**
 * All reads that an author sees, on top of two: look up a value, look up a node whose
 * keys are wanted.
 *
 * @since 0.1.0
 */
@SuppressWarnings("unchecked")
public abstract class AbstractReader implements StateReader {

	/**
	 * Look up a value.
	 * @param path the path
	 * @return the stored value, {@code null} included, or {@link StateTree#ABSENT}
	 */
	protected abstract @Nullable Object read(Path path);

	/**
	 * Look up a node whose keys or size are wanted, not its values.
	 * @param path the path
	 * @return the stored node or {@link StateTree#ABSENT}
	 */
	protected abstract @Nullable Object readKeys(Path path);

	@Override
	public Object get(String path) {
		return required(Path.parse(path), Object.class);
	}

	@Override
	public <T> T get(String path, Class<T> type) {
		return (T) required(Path.parse(path), type);
	}

	@Override
	public <T> T get(String path, TypeRef<T> type) {
		return (T) required(Path.parse(path), type.type());
	}

	@Override
	public <T> T get(StatePath<T> path) {
		return (T) required(path.path(), path.type().type());
	}

	/**
	 * Read a value that must be present.
	 * @param path the path
	 * @param type the type wanted
	 * @return the value as that type
	 */
	// A stored null reaches the caller although the signatures of the model do not say so
	@SuppressWarnings("NullAway")
	protected final Object required(Path path, Type type) {
		Object value = read(path);
		if (value == StateTree.ABSENT) {
			throw absent(path);
		}
		return TypedReads.convert(path, value, type);
	}

	/**
	 * Make the failure of a read that found nothing.
	 * @param path the absent path
	 * @return the exception, with a suggestion where the reader may see the siblings
	 */
	protected NoSuchPathException absent(Path path) {
		Object parent = (path.length() > 1) ? read(path.prefix(path.length() - 1)) : StateTree.ABSENT;
		return new NoSuchPathException(path, StateTree.keys(parent));
	}

	@Override
	public Optional<Object> find(String path) {
		return (Optional<Object>) optional(Path.parse(path), Object.class);
	}

	@Override
	public <T> Optional<T> find(String path, Class<T> type) {
		return (Optional<T>) optional(Path.parse(path), type);
	}

	@Override
	public <T> Optional<T> find(String path, TypeRef<T> type) {
		return (Optional<T>) optional(Path.parse(path), type.type());
	}

	@Override
	public <T> Optional<T> find(StatePath<T> path) {
		return (Optional<T>) optional(path.path(), path.type().type());
	}

	private Optional<?> optional(Path path, Type type) {
		Object value = read(path);
		return (value == StateTree.ABSENT || value == null) ? Optional.empty()
				: Optional.ofNullable(TypedReads.convert(path, value, type));
	}

	@Override
	public <T> T getOrDefault(String path, T fallback) {
		return orDefault(Path.parse(path), TypedReads.typeOf(fallback), fallback);
	}

	@Override
	public <T> T getOrDefault(StatePath<T> path, T fallback) {
		return orDefault(path.path(), path.type().type(), fallback);
	}

	@SuppressWarnings("NullAway")
	private <T> T orDefault(Path path, Type type, T fallback) {
		Object value = read(path);
		return (value == StateTree.ABSENT) ? fallback : (T) TypedReads.convert(path, value, type);
	}

	@Override
	public boolean contains(String path) {
		return read(Path.parse(path)) != StateTree.ABSENT;
	}

	@Override
	public boolean contains(StatePath<?> path) {
		return read(path.path()) != StateTree.ABSENT;
	}

	@Override
	public Set<String> keys(String path) {
		return StateTree.keys(readKeys(Path.parse(path)));
	}

	@Override
	public <K> Set<K> keys(MapPath<K, ?> path) {
		Set<K> keys = new LinkedHashSet<>();
		for (String key : StateTree.keys(readKeys(path.path()))) {
			keys.add((K) TypedReads.convertKey(path.path(), key, path.keyType()));
		}
		return keys;
	}

	@Override
	public int size(String path) {
		return StateTree.size(readKeys(Path.parse(path)));
	}

	@Override
	public int size(StatePath<?> path) {
		return StateTree.size(readKeys(path.path()));
	}

}
