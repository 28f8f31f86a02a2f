package io.theus.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

/**
 * Finds out whether a record class declares constraints of bean validation, without its
 * API.
 */
final class ConstraintAnnotations {

	private static final String META = "jakarta.validation.Constraint";

	private ConstraintAnnotations() {
	}

	static boolean areOn(Class<?> type) {
		return isConstrained(type) || Stream.of(type.getRecordComponents()).anyMatch(ConstraintAnnotations::areOn);
	}

	// An annotation goes where its target allows, and never to the component itself
	// unless it allows that
	private static boolean areOn(RecordComponent component) {
		return isConstrained(component) || isConstrained(component.getAccessor())
				|| areOn(component.getAnnotatedType());
	}

	private static boolean areOn(AnnotatedType type) {
		return isConstrained(type) || (type instanceof AnnotatedParameterizedType parameterized
				&& Stream.of(parameterized.getAnnotatedActualTypeArguments()).anyMatch(ConstraintAnnotations::areOn));
	}

	private static boolean isConstrained(AnnotatedElement element) {
		return Stream.of(element.getAnnotations())
			.map(Annotation::annotationType)
			.anyMatch(ConstraintAnnotations::isMeta);
	}

	private static boolean isMeta(Class<? extends Annotation> type) {
		return Stream.of(type.getAnnotations()).anyMatch((meta) -> meta.annotationType().getName().equals(META));
	}

}
