package io.theus.internal.collection;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link PersistentMap}.
 */
class PersistentMapTests {

	private final PersistentMap<Object> map = PersistentMap.empty().with("a", 1).with("b", null).with("Aa", "x");

	@Test
	void emptyMapHasNothing() {
		assertThat(PersistentMap.empty()).isEmpty();
		assertThat(PersistentMap.empty().get("a")).isNull();
		assertThat(PersistentMap.empty().keySet().iterator().hasNext()).isFalse();
		assertThat(PersistentMap.empty()).isEqualTo(Map.of()).hasToString("{}");
	}

	@Test
	void nullIsStoredAndIsNotAbsence() {
		Object absent = new Object();
		assertThat(this.map.get("b")).isNull();
		assertThat(this.map.containsKey("b")).isTrue();
		assertThat(this.map.find("b", absent)).isNull();
		assertThat(this.map.getOrDefault("b", "default")).isNull();
		assertThat(this.map.find("c", absent)).isSameAs(absent);
		assertThat(this.map.containsKey("c")).isFalse();
		assertThat(this.map.getOrDefault("c", "default")).isEqualTo("default");
	}

	@Test
	void writesLeaveTheMapAsItWas() {
		this.map.with("a", 2);
		this.map.with("c", 3);
		this.map.without("b");
		assertThat(this.map).isEqualTo(content());
	}

	@Test
	void equalWriteAnswersTheSameMapAndKeepsTheStoredValue() {
		String stored = new String("text");
		PersistentMap<Object> map = PersistentMap.empty().with("a", stored);
		PersistentMap<Object> result = map.with("a", new String("text"));
		assertThat(result).isSameAs(map);
		assertThat(result.get("a")).isSameAs(stored);
		assertThat(this.map.with("b", null)).isSameAs(this.map);
		assertThat(this.map.without("c")).isSameAs(this.map);
	}

	@Test
	void changedWriteStoresWhatIsEqualButNotIdentical() {
		String value = new String("x");
		PersistentMap<Object> result = this.map.withChanged("Aa", value, null);
		assertThat(result).isNotSameAs(this.map).isEqualTo(this.map);
		assertThat(result.get("Aa")).isSameAs(value);
		assertThat(result.withChanged("Aa", value, null)).isSameAs(result);
	}

	@Test
	void copyHasTheContentAndIsTheSameWhenPersistent() {
		PersistentMap<Object> copy = PersistentMap.copyOf(content());
		assertThat(copy).isEqualTo(this.map);
		assertThat(PersistentMap.copyOf(copy)).isSameAs(copy);
	}

	@Test
	void nullIsNoKey() {
		assertThatNullPointerException().isThrownBy(() -> this.map.with(null, 1));
		assertThatNullPointerException().isThrownBy(() -> this.map.without(null));
		assertThatNullPointerException().isThrownBy(() -> PersistentMap.copyOf(Collections.singletonMap(null, 1)));
		assertThat(this.map.get(null)).isNull();
		assertThat(this.map.containsKey(null)).isFalse();
	}

	@Test
	void keysOfOtherTypesAreNotFound() {
		Object key = 1;
		assertThat(this.map.containsKey(key)).isFalse();
		assertThat(this.map.get(key)).isNull();
		assertThat(this.map.keySet().contains(key)).isFalse();
		Object other = Map.of(1, 1, 2, 2, 3, 3);
		assertThat(this.map.equals(other)).isFalse();
	}

	@Test
	void viewsShowKeysValuesAndEntries() {
		assertThat(this.map.keySet()).containsExactlyInAnyOrder("a", "b", "Aa").isEqualTo(content().keySet());
		assertThat(this.map.values()).containsExactlyInAnyOrder(1, null, "x").contains(1, "x").doesNotContain(2);
		assertThat(this.map.entrySet()).isEqualTo(content().entrySet()).hasSameHashCodeAs(content().entrySet());
		assertThat(this.map.entrySet().contains(new AbstractMap.SimpleEntry<>("b", null))).isTrue();
		assertThat(this.map.entrySet().contains(Map.entry("a", 2))).isFalse();
		assertThat(this.map.containsValue(null)).isTrue();
		assertThat(this.map.containsValue(2)).isFalse();
	}

	@Test
	void entriesAreEqualToOtherEntries() {
		Map.Entry<String, Object> entry = PersistentMap.empty().with("a", 1).entrySet().iterator().next();
		assertThat(entry).isEqualTo(Map.entry("a", 1)).hasSameHashCodeAs(Map.entry("a", 1)).hasToString("a=1");
		assertThat(entry).isNotEqualTo(Map.entry("a", 2)).isNotEqualTo(Map.entry("b", 1));
	}

	@Test
	void iteratorEnds() {
		Iterator<String> keys = PersistentMap.empty().with("a", 1).keySet().iterator();
		assertThat(keys.next()).isEqualTo("a");
		assertThat(keys.hasNext()).isFalse();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(keys::next);
	}

	@Test
	void equalityAndHashCodeAreThoseOfMaps() {
		assertThat(this.map).isEqualTo(content()).hasSameHashCodeAs(content());
		assertThat(content()).isEqualTo(this.map);
		assertThat(this.map).isNotEqualTo(this.map.with("a", 2)).isNotEqualTo(this.map.without("b").with("c", null));
		Map<String, Object> other = content();
		other.remove("b");
		other.put("c", null);
		assertThat(this.map).isNotEqualTo(other).isNotEqualTo("text");
		assertThat(this.map.equals(null)).isFalse();
	}

	@Test
	void mapsOfCollidingKeysAreComparedInAnyOrder() {
		PersistentMap<Object> one = PersistentMap.empty().with("Aa", 1).with("BB", 2);
		PersistentMap<Object> other = PersistentMap.empty().with("BB", 2).with("Aa", 1);
		assertThat(one).isEqualTo(other).isNotEqualTo(other.with("Aa", 2));
		assertThat(PersistentMap.empty().with("AaAa", 1).with("BBBB", 2))
			.isNotEqualTo(PersistentMap.empty().with("AaAa", 1).with("AaBB", 2));
	}

	@Test
	void textShowsNestedContent() {
		assertThat(PersistentMap.empty().with("a", PersistentMap.empty().with("b", null))).hasToString("{a={b=null}}");
	}

	@Test
	void streamsHaveAllEntries() {
		assertThat(this.map.keySet().stream().sorted()).isEqualTo(List.of("Aa", "a", "b"));
	}

	private static Map<String, Object> content() {
		Map<String, Object> content = new HashMap<>();
		content.put("a", 1);
		content.put("b", null);
		content.put("Aa", "x");
		return content;
	}

}
