package io.theus.audit.recipe;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.audit.recipe.AuditedProcess.AuditedParameter;
import io.theus.error.Suggestions;
import io.theus.path.InvalidPathException;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.state.RecordShape;

/**
 * Finds what the fields of rules are.
 */
final class FieldBinder {

	private static final String ROOT = "domain";

	private final AuditedProcess process;

	private final AuditedProcesses others;

	private final List<String> parameterNames;

	FieldBinder(AuditedProcess process, AuditedProcesses others) {
		this.process = process;
		this.others = others;
		this.parameterNames = process.parameters().stream().map(AuditedParameter::name).toList();
	}

	/**
	 * Find an argument or a part of it.
	 * @param field the field
	 * @return the place, {@code null} if the field does not begin with an argument
	 */
	@Nullable ArgumentPlace argument(RecipeText field) {
		String name = firstName(field);
		int index = this.parameterNames.indexOf(name);
		if (index < 0) {
			return null;
		}
		AuditedParameter parameter = this.process.parameters().get(index);
		PathPattern path = parse(field, ROOT + field.text().substring(name.length()), name.length() - ROOT.length());
		@Nullable String[] segments = new String[path.length() - 1];
		@Nullable Class<?>[] records = new Class<?>[segments.length];
		Type type = parameter.type();
		for (int i = 0; i < segments.length; i++) {
			segments[i] = path.literal(i + 1);
			if (path.isDeep(i + 1) || (segments[i] == null && !path.placeholders().isEmpty())) {
				throw field.error("'%s' is not part of an argument, name a part or write '*' for any".formatted(field));
			}
			Class<?> plain = rawType(type);
			records[i] = plain.isRecord() ? plain : null;
			type = part(field, type, segments[i]);
		}
		return new ArgumentPlace(name, parameter.index(), segments, records);
	}

	private Type part(RecipeText field, Type given, @Nullable String segment) {
		Class<?> type = rawType(given);
		if (!ArgumentPlace.isEnterable(type)) {
			throw field.error(
					"'%s' is not found, %s has no parts that a rule can name".formatted(field, type.getSimpleName()));
		}
		if (type.isRecord()) {
			return component(field, type, segment);
		}
		if (type.isArray()) {
			return type.getComponentType();
		}
		Type unwrapped = unwrapped(given);
		if (unwrapped instanceof GenericArrayType array) {
			return array.getGenericComponentType();
		}
		boolean container = Map.class.isAssignableFrom(type) || Iterable.class.isAssignableFrom(type);
		if (container && unwrapped instanceof ParameterizedType parameterized) {
			Type[] arguments = parameterized.getActualTypeArguments();
			return arguments[arguments.length - 1];
		}
		return Object.class;
	}

	private static Type component(RecipeText field, Class<?> type, @Nullable String segment) {
		if (segment == null) {
			return Object.class;
		}
		RecordShape shape = RecordShape.of(type);
		int index = shape.indexOf(segment);
		if (index < 0) {
			throw field.error("'%s' is not found, record '%s' has no component '%s'%s, known=%s".formatted(field,
					type.getSimpleName(), segment, Suggestions.didYouMean(segment, shape.names()), shape.names()));
		}
		return shape.genericType(index);
	}

	private static Type unwrapped(Type type) {
		return (type instanceof ParameterizedType parameterized && parameterized.getRawType() == Optional.class)
				? parameterized.getActualTypeArguments()[0] : type;
	}

	private static Class<?> rawType(Type given) {
		Type type = unwrapped(given);
		if (type instanceof Class<?> plain) {
			return plain;
		}
		return (type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw)
				? raw : Object.class;
	}

	/**
	 * Find a place of the state that a call begins with.
	 * @param field the field
	 * @return the places, possibly with placeholders
	 */
	PathPattern state(RecipeText field) {
		if (!isPath(field)) {
			throw field.error(
					"process '%s' has no argument '%s'%s, known=%s, name an argument, or a path that begins with a layer"
						.formatted(this.process.id(), field, Suggestions.didYouMean(field.text(), this.parameterNames),
								this.parameterNames));
		}
		return pattern(field);
	}

	private static String firstName(RecipeText field) {
		return field.text().split("[.\\[]", 2)[0];
	}

	private static boolean isPath(RecipeText field) {
		return Path.isRoot(firstName(field));
	}

	private PathPattern pattern(RecipeText field) {
		PathPattern pattern = parse(field, field.text(), 0);
		for (String placeholder : pattern.placeholders()) {
			String name = placeholder.split("\\.", 2)[0];
			if (!this.process.placeholders().contains(name)) {
				throw field.error("placeholder '{%s}' is no argument of process '%s'%s, known=%s".formatted(placeholder,
						this.process.id(), Suggestions.didYouMean(name, this.process.placeholders()),
						this.process.placeholders().stream().sorted().toList()));
			}
		}
		return pattern;
	}

	private static PathPattern parse(RecipeText field, String text, int shift) {
		try {
			// As expressions and other languages write 'any element'
			return PathPattern.parse(text.replace("[*]", ".*"));
		}
		catch (InvalidPathException ex) {
			throw field.error(Math.max(0, ex.position() + shift),
					"invalid path '%s': %s".formatted(field, ex.problem()), ex);
		}
	}

	/**
	 * Find a place that the process writes.
	 * @param field the field
	 * @return the places, possibly with placeholders
	 */
	PathPattern output(RecipeText field) {
		if (isPath(field)) {
			PathPattern pattern = pattern(field);
			checkDeclared(field, pattern);
			return pattern;
		}
		List<PathPattern> declared = this.process.outputs();
		List<PathPattern> found = declared.stream()
			.filter((output) -> field.text().equals(output.literal(output.length() - 1)))
			.toList();
		if (found.size() == 1) {
			return found.get(0);
		}
		if (found.isEmpty()) {
			throw field.error(
					"no declared output of process '%s' ends with '%s'%s, declared=%s, name a path that begins with a layer"
						.formatted(this.process.id(), field, Suggestions.didYouMean(field.text(), endings(declared)),
								declared));
		}
		throw field.error("several declared outputs of process '%s' end with '%s', name one of %s"
			.formatted(this.process.id(), field, found));
	}

	private static List<String> endings(List<PathPattern> declared) {
		return declared.stream().flatMap((output) -> Stream.of(output.last(), output.toString())).toList();
	}

	// What nobody can write would never be checked
	private void checkDeclared(RecipeText field, PathPattern pattern) {
		Set<PathPattern> declared = new LinkedHashSet<>();
		boolean strict = collectOutputs(this.process, declared, new HashSet<>());
		if (strict && declared.stream().noneMatch(pattern::overlaps)) {
			throw field.error("process '%s' does not write '%s'%s, declared=%s".formatted(this.process.id(), field,
					Suggestions.didYouMean(field.text(), declared.stream().map(PathPattern::toString).toList()),
					declared));
		}
	}

	private boolean collectOutputs(AuditedProcess from, Set<PathPattern> into, Set<String> seen) {
		boolean strict = from.isStrict();
		if (seen.add(from.id())) {
			into.addAll(from.outputs());
			for (String name : from.calls()) {
				List<AuditedProcess> called = this.others.named(name);
				// One that is not known yet may write anything
				strict &= !called.isEmpty();
				for (AuditedProcess each : called) {
					strict &= collectOutputs(each, into, seen);
				}
			}
		}
		return strict;
	}

}
