package io.theus.state;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What paths need to know of a record class: its components by name, how to read them and
 * how to build another instance. Computed once per class.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RecordShape {

	private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {

		@Override
		protected RecordShape computeValue(Class<?> type) {
			return new RecordShape(type);
		}

	};

	private final Class<?> type;

	private final List<String> names;

	private final Set<String> nameSet;

	private final RecordComponent[] components;

	private final MethodHandle[] accessors;

	private final MethodHandle constructor;

	private RecordShape(Class<?> type) {
		this.type = type;
		this.components = type.getRecordComponents();
		this.names = Stream.of(this.components).map(RecordComponent::getName).toList();
		this.nameSet = Collections.unmodifiableSet(new LinkedHashSet<>(this.names));
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			this.accessors = new MethodHandle[this.components.length];
			Class<?>[] parameters = new Class<?>[this.components.length];
			for (int i = 0; i < parameters.length; i++) {
				var accessor = this.components[i].getAccessor();
				accessor.setAccessible(true);
				this.accessors[i] = lookup.unreflect(accessor)
					.asType(MethodType.methodType(Object.class, Object.class));
				parameters[i] = this.components[i].getType();
			}
			var canonical = type.getDeclaredConstructor(parameters);
			canonical.setAccessible(true);
			this.constructor = lookup.unreflectConstructor(canonical)
				.asSpreader(Object[].class, parameters.length)
				.asType(MethodType.methodType(Object.class, Object[].class));
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			throw new IllegalStateException("record '" + type.getName()
					+ "' cannot be entered by paths, open its package to io.theus if it is in a module", ex);
		}
	}

	/**
	 * Return the shape of a record class.
	 * @param type a class for which {@link Class#isRecord()} holds
	 * @return its shape
	 */
	public static RecordShape of(Class<?> type) {
		return SHAPES.get(type);
	}

	/**
	 * Return the record class.
	 * @return the class
	 */
	public Class<?> type() {
		return this.type;
	}

	/**
	 * Return the names of the components.
	 * @return the names in order of declaration
	 */
	public List<String> names() {
		return this.names;
	}

	/**
	 * Return the names of the components as a set.
	 * @return the names in order of declaration, unmodifiable
	 */
	public Set<String> nameSet() {
		return this.nameSet;
	}

	/**
	 * Return the position of a component.
	 * @param name the component's name
	 * @return its index, or -1 if there is none
	 */
	public int indexOf(String name) {
		return this.names.indexOf(name);
	}

	/**
	 * Return the generic type of a component.
	 * @param index the component's index
	 * @return its type
	 */
	public Type genericType(int index) {
		return this.components[index].getGenericType();
	}

	/**
	 * Make a way to read a component that is faster than {@link #get}, for those who read
	 * it time and again. Each costs a class.
	 * @param index the component's index
	 * @return reads the component of an instance of this class, and of nothing else
	 */
	public Function<Object, @Nullable Object> reader(int index) {
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(this.type, MethodHandles.lookup());
			MethodHandle accessor = lookup.unreflect(this.components[index].getAccessor());
			return function(lookup, accessor);
		}
		catch (IllegalAccessException | LambdaConversionException ex) {
			// The module of the class may keep others from doing this
			return (instance) -> get(instance, index);
		}
	}

	@SuppressWarnings("unchecked")
	private static Function<Object, @Nullable Object> function(MethodHandles.Lookup lookup, MethodHandle accessor)
			throws LambdaConversionException {
		CallSite site = LambdaMetafactory.metafactory(lookup, "apply", MethodType.methodType(Function.class),
				MethodType.methodType(Object.class, Object.class), accessor, accessor.type().wrap());
		try {
			return (Function<Object, @Nullable Object>) site.getTarget().invoke();
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * Return a component's declaration.
	 * @param index the component's index
	 * @return the component
	 */
	public RecordComponent component(int index) {
		return this.components[index];
	}

	/**
	 * Read a component.
	 * @param instance the record
	 * @param index the component's index
	 * @return its value
	 */
	public @Nullable Object get(Object instance, int index) {
		try {
			return this.accessors[index].invokeExact(instance);
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/**
	 * Build an instance through the canonical constructor.
	 * @param values a value for each component in order of declaration
	 * @return the new record
	 * @throws InvocationTargetException with what the constructor threw
	 */
	public Object create(@Nullable Object[] values) throws InvocationTargetException {
		try {
			return this.constructor.invokeExact(values);
		}
		catch (Throwable ex) {
			throw new InvocationTargetException(ex);
		}
	}

	/**
	 * Read all components.
	 * @param instance the record
	 * @return a new array of the values in order of declaration
	 */
	public @Nullable Object[] values(Object instance) {
		@Nullable Object[] values = new Object[this.components.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = get(instance, i);
		}
		return values;
	}

	/**
	 * Open a record one level.
	 * @param instance the record
	 * @return its components by name in order of declaration
	 */
	public Map<String, @Nullable Object> toMap(Object instance) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < this.components.length; i++) {
			map.put(this.names.get(i), get(instance, i));
		}
		return map;
	}

	private static RuntimeException rethrow(Throwable ex) {
		if (ex instanceof Error error) {
			throw error;
		}
		return (ex instanceof RuntimeException unchecked) ? unchecked : new IllegalStateException(ex);
	}

}
