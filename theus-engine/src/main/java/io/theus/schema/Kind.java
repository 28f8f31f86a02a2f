package io.theus.schema;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of collections that the state holds.
 */
enum Kind {

	MAP(Map.class, "a map"),

	LIST(List.class, "a list"),

	SET(Set.class, "a set"),

	COLLECTION(Collection.class, "a list or a set");

	private final Class<?> type;

	private final String description;

	Kind(Class<?> type, String description) {
		this.type = type;
		this.description = description;
	}

	static @Nullable Kind of(Object value) {
		for (Kind kind : values()) {
			if (kind.type.isInstance(value)) {
				return kind;
			}
		}
		return null;
	}

	static @Nullable Kind ofType(Class<?> type) {
		for (Kind kind : values()) {
			if (kind.type == type) {
				return kind;
			}
		}
		return null;
	}

	boolean isInstance(@Nullable Object value) {
		return this.type.isInstance(value);
	}

	String description() {
		return this.description;
	}

	Object empty() {
		return switch (this) {
			case MAP -> Map.of();
			case LIST, COLLECTION -> List.of();
			case SET -> Set.of();
		};
	}

}
