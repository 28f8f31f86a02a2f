package io.theus.expression;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the components of records, by their accessors only. The accessors are looked up
 * once for each class and are unloaded with it.
 */
final class RecordComponents {

	private static final MethodType ACCESSOR = MethodType.methodType(Object.class, Object.class);

	private static final ClassValue<Map<String, MethodHandle>> ACCESSORS = new ClassValue<>() {

		@Override
		protected Map<String, MethodHandle> computeValue(Class<?> type) {
			return accessors(type);
		}

	};

	private RecordComponents() {
	}

	static Map<String, MethodHandle> of(Record value) {
		return ACCESSORS.get(value.getClass());
	}

	static @Nullable Object read(Record value, String component, Site site) {
		try {
			MethodHandle accessor = of(value).get(component);
			return (accessor != null) ? (Object) accessor.invokeExact((Object) value) : null;
		}
		catch (Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw site.source()
				.failed(site.position(), "component '" + component + "' of record '" + value.getClass().getSimpleName()
						+ "' cannot be read", ex);
		}
	}

	private static Map<String, MethodHandle> accessors(Class<?> type) {
		Map<String, MethodHandle> accessors = new HashMap<>();
		for (RecordComponent component : type.getRecordComponents()) {
			Method accessor = component.getAccessor();
			try {
				accessor.setAccessible(true);
				accessors.put(component.getName(), MethodHandles.lookup().unreflect(accessor).asType(ACCESSOR));
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return Map.copyOf(accessors);
	}

}
