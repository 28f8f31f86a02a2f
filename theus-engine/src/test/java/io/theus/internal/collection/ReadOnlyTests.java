package io.theus.internal.collection;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that no collection of the state can be written to through the interfaces of the
 * JDK, and that the refusal says how to write instead.
 */
class ReadOnlyTests {

	private static final String MAP = "this map is part of the state and read-only: write through the context, "
			+ "for example context.set(path, value) or context.update(path, fn)";

	private static final String LIST = "this list is part of the state and read-only: write through the context, "
			+ "for example context.append(path, value) or context.update(path, fn)";

	private static final String SET = "this set is part of the state and read-only: write through the context, "
			+ "for example context.set(path, value) or context.update(path, fn)";

	@Test
	void mapRefusesAllMutators() {
		for (Map<String, Object> map : Arrays.<Map<String, Object>>asList(PersistentMap.empty(),
				PersistentMap.empty().with("a", 1))) {
			refused(MAP, () -> map.put("a", 1));
			refused(MAP, () -> map.putIfAbsent("a", 1));
			refused(MAP, () -> map.putAll(Map.of()));
			refused(MAP, () -> map.remove("a"));
			refused(MAP, () -> map.remove("a", 2));
			refused(MAP, map::clear);
			refused(MAP, () -> map.replace("a", 1));
			refused(MAP, () -> map.replace("a", 1, 2));
			refused(MAP, () -> map.replaceAll((key, value) -> value));
			refused(MAP, () -> map.computeIfAbsent("a", (key) -> 1));
			refused(MAP, () -> map.computeIfPresent("a", (key, value) -> 1));
			refused(MAP, () -> map.compute("a", (key, value) -> 1));
			refused(MAP, () -> map.merge("a", 1, (one, other) -> one));
		}
	}

	@Test
	void viewsOfMapRefuseAllMutators() {
		Map<String, Object> map = PersistentMap.empty().with("a", 1);
		refusesRemoval(MAP, map.keySet());
		refusesRemoval(MAP, map.values());
		refusesRemoval(MAP, map.entrySet());
		refused(MAP, () -> map.keySet().add("b"));
		refused(MAP, () -> map.values().addAll(List.of()));
		refused(MAP, () -> map.entrySet().iterator().next().setValue(2));
	}

	@Test
	void setRefusesAllMutators() {
		for (Set<Object> set : List.<Set<Object>>of(PersistentSet.empty(), PersistentSet.empty().with("a"))) {
			refusesRemoval(SET, set);
			refused(SET, () -> set.add("a"));
			refused(SET, () -> set.addAll(Set.of()));
		}
	}

	@Test
	void listRefusesAllMutators() {
		for (List<Object> list : List.<List<Object>>of(PersistentList.empty(), PersistentList.empty().append("a"))) {
			refusesRemoval(LIST, list);
			refused(LIST, () -> list.add("a"));
			refused(LIST, () -> list.add(0, "a"));
			refused(LIST, () -> list.addAll(List.of()));
			refused(LIST, () -> list.addAll(0, List.of()));
			refused(LIST, () -> list.set(0, "a"));
			refused(LIST, () -> list.remove(0));
			refused(LIST, () -> list.replaceAll((element) -> element));
			refused(LIST, () -> list.sort(null));
			refused(LIST, () -> list.subList(0, list.size()).clear());
			refused(LIST, () -> list.subList(0, list.size()).add("b"));
			refused(LIST, () -> list.listIterator().add("a"));
		}
	}

	@Test
	void listIteratorsAndSubListsRefuseToReplace() {
		List<Object> list = PersistentList.empty().append("a");
		ListIterator<Object> iterator = list.listIterator();
		iterator.next();
		refused(LIST, () -> iterator.set("b"));
		refused(LIST, iterator::remove);
		refused(LIST, () -> list.subList(0, 1).set(0, "b"));
		refused(LIST, () -> list.subList(0, 1).sort(null));
	}

	private static <E> void refusesRemoval(String message, Collection<E> collection) {
		refused(message, () -> collection.remove("a"));
		refused(message, () -> collection.removeAll(List.of()));
		refused(message, () -> collection.retainAll(List.of("a")));
		refused(message, () -> collection.removeIf((element) -> false));
		refused(message, collection::clear);
		refused(message, () -> collection.iterator().remove());
	}

	private static void refused(String message, ThrowingCallable mutator) {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(mutator).withMessage(message);
	}

}
