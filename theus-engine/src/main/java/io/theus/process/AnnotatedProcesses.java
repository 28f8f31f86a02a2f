package io.theus.process;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.HeavyArray;
import io.theus.Isolation;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.StateUpdate;
import io.theus.annotation.Durations;
import io.theus.annotation.Input;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.annotation.ProcessDefaults;
import io.theus.contract.Contract;
import io.theus.contract.ContractSpec;
import io.theus.contract.InvalidContractException;
import io.theus.parallel.WorkerCall;
import io.theus.path.InvalidPathException;
import io.theus.path.PathPattern;
import io.theus.state.RecordShape;

/**
 * Reads the process methods of a class and checks what can be known at start-up.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class AnnotatedProcesses {

	private static final Logger logger = LoggerFactory.getLogger(AnnotatedProcesses.class);

	private final ProcessSettings settings;

	/**
	 * Create a reader.
	 * @param settings how declarations are read
	 */
	public AnnotatedProcesses(ProcessSettings settings) {
		this.settings = settings;
	}

	/**
	 * Return whether a class has process methods.
	 * @param type the class
	 * @return whether one of its methods, also as declared in an interface or a
	 * superclass, is a process
	 */
	public static boolean hasProcesses(Class<?> type) {
		return !methods(type).isEmpty();
	}

	/**
	 * Return whether a method is a process, and how it is declared.
	 * @param method the method
	 * @return the annotation, from the method, a method that it overrides, or an
	 * annotation on either
	 */
	public static Optional<Process> find(Method method) {
		for (Method declaration : declarations(method)) {
			Process found = onElement(declaration);
			if (found != null) {
				return Optional.of(found);
			}
		}
		return Optional.empty();
	}

	private static @Nullable Process onElement(AnnotatedElement element) {
		Process direct = element.getAnnotation(Process.class);
		if (direct != null) {
			return direct;
		}
		for (Annotation annotation : element.getAnnotations()) {
			Process meta = annotation.annotationType().getAnnotation(Process.class);
			if (meta != null) {
				return meta;
			}
		}
		return null;
	}

	// The method itself, then what it overrides, nearest first
	private static List<Method> declarations(Method method) {
		List<Method> declarations = new ArrayList<>();
		declarations.add(method);
		if (!Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers())) {
			List<Class<?>[]> signatures = signatures(method);
			for (Class<?> type : supertypes(method.getDeclaringClass())) {
				for (Class<?>[] signature : signatures) {
					try {
						declarations.add(type.getDeclaredMethod(method.getName(), signature));
					}
					catch (NoSuchMethodException ex) {
						// This supertype does not declare it
					}
				}
			}
		}
		return declarations;
	}

	// The parameters of the method and of its bridges: a generic supertype declares it
	// with other types
	private static List<Class<?>[]> signatures(Method method) {
		List<Class<?>[]> signatures = new ArrayList<>();
		signatures.add(method.getParameterTypes());
		for (Method other : method.getDeclaringClass().getDeclaredMethods()) {
			if (other.isBridge() && other.getName().equals(method.getName()) && isWider(other, method)) {
				signatures.add(other.getParameterTypes());
			}
		}
		return signatures;
	}

	private static boolean isWider(Method bridge, Method method) {
		Class<?>[] wide = bridge.getParameterTypes();
		Class<?>[] narrow = method.getParameterTypes();
		if (wide.length != narrow.length || Arrays.equals(wide, narrow)) {
			return false;
		}
		for (int i = 0; i < wide.length; i++) {
			if (!wide[i].isAssignableFrom(narrow[i])) {
				return false;
			}
		}
		return true;
	}

	private static Set<Class<?>> supertypes(Class<?> type) {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (Class<?> current = type; current != null && current != Object.class; current = current.getSuperclass()) {
			if (current != type) {
				types.add(current);
			}
			for (Class<?> implemented : current.getInterfaces()) {
				types.add(implemented);
				types.addAll(supertypes(implemented));
			}
		}
		return types;
	}

	/**
	 * Return the process methods of a class.
	 * @param type the class
	 * @return the methods and their declarations
	 */
	public static Map<Method, Process> methods(Class<?> type) {
		Map<Method, Process> found = new LinkedHashMap<>();
		Set<List<Object>> seen = new LinkedHashSet<>();
		for (Class<?> current = type; current != null && current != Object.class; current = current.getSuperclass()) {
			for (Method method : current.getDeclaredMethods()) {
				boolean overridden = !seen.add(List.of(method.getName(), List.of(method.getParameterTypes())));
				if (!overridden && !method.isBridge() && !method.isSynthetic()) {
					find(method).ifPresent((process) -> found.put(method, process));
				}
			}
		}
		return found;
	}

	/**
	 * Compile the process that a method is.
	 * @param bean the name of the bean
	 * @param type the class of the bean
	 * @param method the method
	 * @param process its declaration
	 * @return the definition
	 * @throws InvalidContractException if the declaration is wrong
	 */
	public ProcessDefinition define(String bean, Class<?> type, Method method, Process process) {
		String id = bean + "." + method.getName();
		refuseUncallable(id, method);
		ProcessDefaults defaults = type.getAnnotation(ProcessDefaults.class);
		String root = (defaults != null) ? defaults.root() : "";
		List<Parameter> parameters = parameters(id, method, root);
		ReturnType returned = ReturnType.of(id, method, this.settings.asynchronous());
		ReturnMapping mapping = returnMapping(id, method, returned.value(), process, root);
		Contract contract = contract(id, process, defaults, root, parameters, method, returned.value());
		warnIfIdle(id, type, process, mapping, parameters);
		String name = process.name().isEmpty() ? method.getName() : process.name();
		String timeout = (process.timeout().isEmpty() && defaults != null) ? defaults.timeout() : process.timeout();
		Isolation isolation = (process.isolation() == Isolation.DEFAULT && defaults != null) ? defaults.isolation()
				: process.isolation();
		returned.check(id, isolation);
		return new ProcessDefinition(id, name, contract, parameters, mapping,
				new ExecutionRules(duration(id, "timeout", timeout), isolation, process.propagation(),
						this.settings.once(id, process.semantic(), process.once(), retention(id, process), parameters),
						method.getGenericReturnType(), process.parallel(), WorkerCall.Target.of(type, method)),
				returned.asynchronous());
	}

	private static void refuseUncallable(String id, Method method) {
		if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())
				|| Modifier.isFinal(method.getModifiers())) {
			throw new InvalidContractException(id,
					"its method is %s and cannot be intercepted".formatted(Modifier.toString(method.getModifiers())),
					"make it an instance method that is neither private nor final");
		}
	}

	private List<Parameter> parameters(String id, Method method, String root) {
		List<Parameter> parameters = new ArrayList<>();
		for (java.lang.reflect.Parameter parameter : method.getParameters()) {
			if (!parameter.isNamePresent()) {
				throw new InvalidContractException(id, "the names of its parameters are not in the class file",
						"compile with -parameters");
			}
			parameters.add(parameter(id, parameter, root, method));
		}
		return parameters;
	}

	private static Parameter parameter(String id, java.lang.reflect.Parameter parameter, String root, Method method) {
		boolean optional = parameter.getType() == Optional.class || isNullable(parameter);
		if (ProcessContext.class.isAssignableFrom(parameter.getType())) {
			return new Parameter(parameter.getName(), parameter.getType(), Parameter.Kind.CONTEXT, null, false);
		}
		Input input = input(parameter, method);
		if (input == null) {
			return new Parameter(parameter.getName(), parameter.getParameterizedType(), Parameter.Kind.ARGUMENT, null,
					optional);
		}
		PathPattern pattern = single(id, "@Input", absolute(id, input.value(), root));
		if (HeavyArray.class.isAssignableFrom(parameter.getType())) {
			throw new InvalidContractException(id,
					"@Input '%s' is a %s, which the state does not hold".formatted(pattern,
							parameter.getType().getSimpleName()),
					"name the path in inputs and map it with context.heavy(...), or take its HeavyDescriptor");
		}
		return new Parameter(parameter.getName(), parameter.getParameterizedType(), Parameter.Kind.INPUT, pattern,
				optional);
	}

	private static @Nullable Input input(java.lang.reflect.Parameter parameter, Method method) {
		int index = Arrays.asList(method.getParameters()).indexOf(parameter);
		for (Method declaration : declarations(method)) {
			Input found = declaration.getParameters()[index].getAnnotation(Input.class);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private static boolean isNullable(java.lang.reflect.Parameter parameter) {
		List<Annotation> annotations = new ArrayList<>(List.of(parameter.getAnnotations()));
		Collections.addAll(annotations, parameter.getAnnotatedType().getAnnotations());
		return annotations.stream()
			.anyMatch((annotation) -> annotation.annotationType().getSimpleName().equals("Nullable"));
	}

	private ReturnMapping returnMapping(String id, Method method, Class<?> returned, Process process, String root) {
		Output output = output(method);
		if (output != null) {
			if (returned == void.class) {
				throw new InvalidContractException(id,
						"it has @Output('%s') and returns nothing".formatted(output.value()),
						"return the value, or remove the annotation and write through the context");
			}
			return new ReturnMapping.Whole(single(id, "@Output", absolute(id, output.value(), root)));
		}
		if (returned == StateUpdate.class) {
			return new ReturnMapping.Updates();
		}
		Map<Integer, PathPattern> components = componentOutputs(id, returned, root);
		if (!components.isEmpty()) {
			return new ReturnMapping.Components(RecordShape.of(returned), components);
		}
		List<String> outputs = absolute(id, declaredOutputs(process), root);
		if (process.semantic() != Semantic.PURE || outputs.isEmpty()) {
			return ReturnMapping.NONE;
		}
		checkFillable(id, returned, outputs);
		return new ReturnMapping.DeclaredOutputs();
	}

	private static void checkFillable(String id, Class<?> returned, List<String> outputs) {
		outputs.forEach((output) -> single(id, "output", output));
		boolean several = outputs.size() > 1 && !Map.class.isAssignableFrom(returned)
				&& !List.class.isAssignableFrom(returned) && returned != Object.class;
		if (returned == void.class || several) {
			throw new InvalidContractException(id,
					"it is PURE and its return type %s cannot fill its outputs %s".formatted(returned.getSimpleName(),
							outputs),
					several ? "return a map by path, a list in order, or a record with @Output components"
							: "return the value, a PURE process writes by its return value only");
		}
	}

	private static @Nullable Output output(Method method) {
		for (Method declaration : declarations(method)) {
			Output found = declaration.getAnnotation(Output.class);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private static Map<Integer, PathPattern> componentOutputs(String id, Class<?> returned, String root) {
		Map<Integer, PathPattern> outputs = new LinkedHashMap<>();
		if (returned.isRecord()) {
			RecordComponent[] components = returned.getRecordComponents();
			for (int i = 0; i < components.length; i++) {
				Output output = components[i].getAnnotation(Output.class);
				if (output != null) {
					outputs.put(i, single(id, "@Output", absolute(id, output.value(), root)));
				}
			}
		}
		return outputs;
	}

	static PathPattern single(String id, String what, String text) {
		PathPattern pattern;
		try {
			pattern = PathPattern.parse(text);
		}
		catch (InvalidPathException ex) {
			throw new InvalidContractException(id,
					"%s '%s' is no path at position=%d".formatted(what, text, ex.position()), ex.problem());
		}
		boolean wild = pattern.narrow((placeholder) -> List.of("x")).stream().anyMatch((each) -> !each.isLiteral());
		if (wild) {
			throw new InvalidContractException(id, "%s '%s' names more than one path".formatted(what, text),
					"use placeholders instead of wildcards");
		}
		return pattern;
	}

	private Contract contract(String id, Process process, @Nullable ProcessDefaults defaults, String root,
			List<Parameter> parameters, Method method, Class<?> returned) {
		List<String> inputs = new ArrayList<>(absolute(id, List.of(process.inputs()), root));
		inputs.addAll(absolute(id, List.of(process.updates()), root));
		List<String> calls = new ArrayList<>(List.of(process.calls()));
		List<Class<? extends Throwable>> errors = new ArrayList<>(List.of(process.errors()));
		if (defaults != null) {
			calls.addAll(List.of(defaults.calls()));
			inputs.addAll(absolute(id, List.of(defaults.inputs()), root));
			errors.addAll(List.of(defaults.errors()));
		}
		for (Parameter parameter : parameters) {
			if (parameter.input() != null) {
				inputs.add(parameter.input().toString());
			}
		}
		List<String> outputs = new ArrayList<>(absolute(id, declaredOutputs(process), root));
		Output output = output(method);
		if (output != null) {
			outputs.add(absolute(id, output.value(), root));
		}
		componentOutputs(id, returned, root).values().forEach((pattern) -> outputs.add(pattern.toString()));
		this.settings.checkSideEffects(id, List.of(process.sideEffects()));
		ContractSpec spec = new ContractSpec(id, process.semantic(), inputs, outputs, List.of(process.emits()),
				List.of(process.sends()), List.of(process.starts()), calls, List.of(process.sideEffects()), errors,
				this.settings.placeholders(parameters), this.settings.strict());
		return Contract.compile(spec, this.settings.zones());
	}

	private static List<String> declaredOutputs(Process process) {
		List<String> outputs = new ArrayList<>(List.of(process.outputs()));
		Collections.addAll(outputs, process.updates());
		return outputs;
	}

	private static List<String> absolute(String id, List<String> patterns, String root) {
		return patterns.stream().map((pattern) -> absolute(id, pattern, root)).toList();
	}

	private static String absolute(String id, String pattern, String root) {
		if (!pattern.startsWith("./")) {
			return pattern;
		}
		if (root.isEmpty()) {
			throw new InvalidContractException(id,
					"pattern '%s' is relative and its class has no root".formatted(pattern),
					"declare @ProcessDefaults(root = ...) on the class or begin with a layer");
		}
		return root + "." + pattern.substring(2);
	}

	private static void warnIfIdle(String id, Class<?> type, Process process, ReturnMapping mapping,
			List<Parameter> parameters) {
		boolean writes = process.outputs().length + process.updates().length > 0;
		boolean hasContext = parameters.stream().anyMatch((parameter) -> parameter.kind() == Parameter.Kind.CONTEXT)
				|| holdsContext(type);
		if (process.semantic() == Semantic.EFFECT && writes && mapping == ReturnMapping.NONE && !hasContext) {
			logger
				.warn("Process '{}' declares outputs but can write none of them: its class holds no ProcessContext and "
						+ "its method has no @Output; inject a ProcessContext or annotate what it returns", id);
		}
	}

	private static boolean holdsContext(Class<?> type) {
		for (Class<?> current = type; current != null && current != Object.class; current = current.getSuperclass()) {
			for (Field field : current.getDeclaredFields()) {
				if (ProcessContext.class.isAssignableFrom(field.getType())
						|| field.getGenericType().getTypeName().contains(ProcessContext.class.getName())) {
					return true;
				}
			}
		}
		return false;
	}

	private static Duration retention(String id, Process process) {
		Duration retention = duration(id, "retain", process.retain());
		return (retention != null) ? retention : ExecutionKey.RETENTION;
	}

	private static @Nullable Duration duration(String id, String attribute, String text) {
		if (text.isEmpty()) {
			return null;
		}
		return Durations.parse(text)
			.filter((duration) -> !duration.isZero() && !duration.isNegative())
			.orElseThrow(() -> new InvalidContractException(id, "%s '%s' is no duration".formatted(attribute, text),
					"write for example 500ms, 10s, 2m or PT10S"));
	}

}
