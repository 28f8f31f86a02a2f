package io.theus.state;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.theus.MapPath;
import io.theus.TypeRef;
import io.theus.engine.TheusEngine;
import io.theus.path.Layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls every method of every object that can be reached from the state, with arguments
 * that would change it, and looks whether the state is still the same.
 */
class ReadOnlyStateTests {

	private static final Set<String> READING = Set.of("wait", "notify", "notifyAll", "stream", "parallelStream",
			"spliterator", "getClass", "hashCode", "equals", "toString");

	private final TheusEngine engine = TheusEngine.builder().initialState(() -> Map.of("domain", content())).build();

	private final List<String> messages = new ArrayList<>();

	private int called;

	@Test
	void nothingThatCameOutOfTheStateCanChangeIt() {
		String before = print(this.engine.state());
		State state = this.engine.state();
		attackDeeply("view", state.view(Layer.DOMAIN), 0);
		attackDeeply("get", state.get("domain"), 0);
		attackDeeply("signals", state.signals(), 0);
		attackDeeply("keys", state.keys("domain"), 0);
		this.engine.transact((tx) -> {
			attackDeeply("tx", tx.get("domain"), 0);
			attackDeeply("tx keys", tx.keys("domain.map"), 0);
			attackDeeply("tx state", this.engine.state().view(Layer.DOMAIN), 0);
			tx.set("domain.map.own", new ArrayList<>(List.of(1)));
			attackDeeply("tx own", tx.get("domain.map"), 0);
			assertThat(tx.get("domain.map.own")).isEqualTo(List.of(1));
			tx.remove("domain.map.own");
			return null;
		});
		assertThat(print(this.engine.state())).isEqualTo(before);
		assertThat(this.engine.state()).isSameAs(state);
		assertThat(this.called).as("methods tried").isGreaterThan(1000);
		assertThat(this.messages).as("a mutator says how to write instead")
			.isNotEmpty()
			.allSatisfy((message) -> assertThat(message)
				.contains("is part of the state and read-only: write through the context, for example context."));
	}

	@Test
	void viewsOfTypedReadsCannotChangeTheStateEither() {
		State state = this.engine.state();
		String before = print(state);
		List<Long> typed = state.get("domain.numbers", new TypeRef<List<Long>>() {
		});
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> typed.add(4L));
		state.keys(MapPath.of("domain.byId", Integer.class, String.class)).clear();
		Map<String, Object> plain = state.toMap();
		((Map<?, ?>) plain.get("domain")).clear();
		plain.clear();
		assertThat(print(this.engine.state())).isEqualTo(before);
	}

	private static Map<String, Object> content() {
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("map", Map.of("a", 1, "b", Map.of("c", List.of(1, 2))));
		content.put("list", List.of(List.of(1), Map.of("k", "v"), 3));
		content.put("set", Set.of(List.of(1), "x"));
		content.put("numbers", List.of(1, 2, 3));
		content.put("byId", Map.of(1, "one"));
		content.put("record", new Holder(new ArrayList<>(List.of(1)), Map.of("k", List.of(1)), Set.of(1), List.of(5)));
		return content;
	}

	private static String print(State state) {
		return new TreeMap<>(state.toMap()).toString();
	}

	private void attackDeeply(String where, Object target, int depth) {
		if (target == null || depth > 6) {
			return;
		}
		if (target instanceof Record instance) {
			RecordShape shape = RecordShape.of(instance.getClass());
			for (int i = 0; i < shape.names().size(); i++) {
				attackDeeply(where + "." + shape.names().get(i), shape.get(instance, i), depth + 1);
			}
			return;
		}
		if (!(target instanceof Map<?, ?> || target instanceof Collection<?> || target instanceof Map.Entry<?, ?>
				|| target instanceof Iterator<?>)) {
			return;
		}
		attack(where, target);
		if (target instanceof Map<?, ?> map) {
			attackDeeply(where + ".keySet", map.keySet(), depth + 1);
			attackDeeply(where + ".values", map.values(), depth + 1);
			attackDeeply(where + ".entrySet", map.entrySet(), depth + 1);
		}
		if (target instanceof Map.Entry<?, ?> entry) {
			attackDeeply(where + ".value", entry.getValue(), depth + 1);
		}
		if (target instanceof List<?> list && !list.isEmpty()) {
			attackDeeply(where + ".subList", list.subList(0, 1), depth + 1);
			ListIterator<?> iterator = list.listIterator();
			iterator.next();
			attack(where + ".listIterator", iterator);
		}
		if (target instanceof Collection<?> collection) {
			Iterator<?> attacked = collection.iterator();
			for (Object element : collection) {
				attacked.next();
				attackDeeply(where + "[]", element, depth + 1);
			}
			attack(where + ".iterator", attacked);
			if (depth == 0) {
				collection.stream().forEach((element) -> attackDeeply(where + ".stream", element, 1));
			}
		}
	}

	private void attack(String where, Object target) {
		for (Method method : publicMethods(target.getClass())) {
			if (!READING.contains(method.getName()) && !Modifier.isStatic(method.getModifiers())) {
				call(where, target, method);
			}
		}
	}

	// Of the public types of java.util: those are what a caller can name
	private static List<Method> publicMethods(Class<?> type) {
		return Stream
			.of(Map.class, Collection.class, List.class, Set.class, Iterator.class, ListIterator.class, Map.Entry.class)
			.filter((each) -> each.isAssignableFrom(type))
			.flatMap((each) -> Stream.of(each.getMethods()))
			.distinct()
			.toList();
	}

	private void call(String where, Object target, Method method) {
		Object[] arguments = Stream.of(method.getParameterTypes()).map((type) -> argument(type, target)).toArray();
		this.called++;
		try {
			method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			boolean own = ex.getCause() instanceof UnsupportedOperationException
					&& target.getClass().getName().startsWith("io.theus.");
			if (own) {
				this.messages.add(String.valueOf(ex.getCause().getMessage()));
			}
		}
		catch (IllegalAccessException | IllegalArgumentException ex) {
			throw new AssertionError(where + " " + method, ex);
		}
	}

	private static Object argument(Class<?> type, Object target) {
		if (type == int.class) {
			return 0;
		}
		if (Map.class.isAssignableFrom(type)) {
			return Map.of("smuggled", 1, "a", 2);
		}
		if (Collection.class.isAssignableFrom(type)) {
			return List.of("smuggled");
		}
		return functionOrValue(type, target);
	}

	private static Object functionOrValue(Class<?> type, Object target) {
		if (type == Predicate.class) {
			return (Predicate<Object>) (any) -> true;
		}
		if (type == UnaryOperator.class) {
			return (UnaryOperator<Object>) (any) -> "smuggled";
		}
		if (type == Function.class) {
			return (Function<Object, Object>) (any) -> "smuggled";
		}
		if (type == BiFunction.class) {
			return (BiFunction<Object, Object, Object>) (any, other) -> "smuggled";
		}
		if (type == Consumer.class || type == BiConsumer.class || type == Comparator.class || type == IntFunction.class
				|| type.isArray()) {
			return null;
		}
		return (target instanceof Map<?, ?> map && map.containsKey("a")) ? "a" : "smuggled";
	}

	record Holder(List<Integer> list, Map<String, List<Integer>> map, Set<Integer> set, List<Integer> kept) {

	}

}
