package io.theus.schema;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.annotation.Merge;
import io.theus.annotation.Volatile;
import io.theus.path.Zone;
import io.theus.path.Zones;
import io.theus.schema.Place.Presence;

/**
 * Reads record classes: the types, zones and constraints of their components, each class
 * once.
 * <p>
 * Safe for use by several threads.
 */
final class RecordTypes {

	private final Map<Class<?>, RecordType> types = new ConcurrentHashMap<>();

	private final @Nullable Constraints constraints;

	RecordTypes(@Nullable Constraints constraints) {
		this.constraints = constraints;
	}

	RecordType of(Class<? extends Record> type) {
		RecordType known = this.types.get(type);
		return (known != null) ? known : this.types.computeIfAbsent(type,
				(missing) -> new RecordType(type, this, new ComponentConstraints(constraintsOf(type))));
	}

	private @Nullable RecordConstraints constraintsOf(Class<? extends Record> type) {
		return (this.constraints != null) ? this.constraints.of(type) : null;
	}

	Collection<RecordType> known() {
		return this.types.values();
	}

	/**
	 * Read the components of a record class.
	 * @param type the class
	 * @return their places by name in order of declaration, unmodifiable
	 * @throws InvalidSchemaException if a component can never be stored
	 */
	Map<String, Place> componentsOf(Class<? extends Record> type) {
		Map<String, Place> components = new LinkedHashMap<>();
		for (RecordComponent component : type.getRecordComponents()) {
			components.put(component.getName(), componentOf(type, component));
		}
		return Collections.unmodifiableMap(components);
	}

	private Place componentOf(Class<? extends Record> type, RecordComponent component) {
		var annotation = component.getAnnotation(io.theus.annotation.Zone.class);
		Zone zone = (annotation != null) ? annotation.value() : null;
		Zone effective = (zone != null) ? zone : Zones.ofName(component.getName());
		String declaration = "'%s.%s'".formatted(type.getName(), component.getName());
		checkStorable(declaration, component.getType(), effective);
		StoredType stored = typeOf(component.getAnnotatedType());
		if (effective == Zone.LOG && stored instanceof ElementsType elements && elements.kind() != Kind.LIST) {
			throw InvalidSchemaException.of(declaration, "what lies in zone LOG grows at its end, declare a List");
		}
		Merge merge = component.getAnnotation(Merge.class);
		if (merge != null) {
			MergedTypes.check(declaration, merge.value(), stored);
		}
		Traits traits = Traits.of(zone, (merge != null) ? merge.value() : null,
				component.isAnnotationPresent(Volatile.class));
		return new Place(stored, presenceOf(component, stored), traits, false, ValueRules.NONE);
	}

	private static void checkStorable(String declaration, Class<?> type, @Nullable Zone zone) {
		if (zone == Zone.SIGNAL) {
			throw InvalidSchemaException.of(declaration, "what lies in zone SIGNAL is never stored, leave it out");
		}
		if (type == Optional.class) {
			throw InvalidSchemaException.of(declaration, "an Optional is never stored, declare it as @Nullable");
		}
		if (type.isArray() || Date.class.isAssignableFrom(type) || Calendar.class.isAssignableFrom(type)) {
			throw InvalidSchemaException.of(declaration,
					"type %s is mutable and never stored, use a List or a type of java.time"
						.formatted(type.getTypeName()));
		}
	}

	private static Presence presenceOf(RecordComponent component, StoredType type) {
		if (isNullable(component) || isNullable(component.getAnnotatedType())) {
			return Presence.NULLABLE;
		}
		boolean collection = type instanceof ElementsType || type instanceof MapType;
		return collection ? Presence.OPTIONAL : Presence.REQUIRED;
	}

	// Whatever library it comes from
	private static boolean isNullable(AnnotatedElement element) {
		return Stream.of(element.getAnnotations())
			.map(Annotation::annotationType)
			.anyMatch((type) -> type.getSimpleName().equals("Nullable"));
	}

	private StoredType typeOf(AnnotatedType annotated) {
		if (annotated instanceof AnnotatedParameterizedType parameterized
				&& annotated.getType() instanceof ParameterizedType type) {
			AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
			Kind kind = Kind.ofType((Class<?>) type.getRawType());
			if (kind == Kind.MAP) {
				return new MapType(type.getActualTypeArguments()[0], elementOf(arguments[1]));
			}
			return (kind != null) ? new ElementsType(kind, elementOf(arguments[0])) : typeOf(type.getRawType());
		}
		return typeOf(annotated.getType());
	}

	private Place elementOf(AnnotatedType annotated) {
		return Place.element(typeOf(annotated), isNullable(annotated) ? Presence.NULLABLE : Presence.OPTIONAL,
				ValueRules.NONE);
	}

	private StoredType typeOf(Type type) {
		if (type instanceof WildcardType wildcard) {
			return typeOf(wildcard.getUpperBounds()[0]);
		}
		if (type instanceof TypeVariable<?> variable) {
			return typeOf(variable.getBounds()[0]);
		}
		if (type instanceof ParameterizedType parameterized) {
			return typeOf(parameterized.getRawType());
		}
		return (type instanceof Class<?> plain) ? ofClass(plain) : AnyType.INSTANCE;
	}

	StoredType ofClass(Class<?> type) {
		if (type == Object.class) {
			return AnyType.INSTANCE;
		}
		if (type.isRecord()) {
			return of(type.asSubclass(Record.class));
		}
		Kind kind = Kind.ofType(type);
		if (kind == null) {
			return new InstanceType(boxed(type), this);
		}
		Place any = Place.element(AnyType.INSTANCE, Presence.NULLABLE, ValueRules.NONE);
		return (kind == Kind.MAP) ? new MapType(Object.class, any) : new ElementsType(kind, any);
	}

	private static Class<?> boxed(Class<?> type) {
		return MethodType.methodType(type).wrap().returnType();
	}

}
