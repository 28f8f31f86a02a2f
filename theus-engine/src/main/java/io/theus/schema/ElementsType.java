package io.theus.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.PersistentList;

/**
 * A list or a set of elements of one type.
 */
final class ElementsType extends StoredType {

	private final Kind kind;

	private final Place element;

	ElementsType(Kind kind, Place element) {
		this.kind = kind;
		this.element = element.asElement();
	}

	@Override
	String describe() {
		return this.kind.description();
	}

	Kind kind() {
		return this.kind;
	}

	// Paths enter lists by position, and do not enter sets
	@Override
	@Nullable Place part(String key) {
		return (this.kind != Kind.SET) ? this.element : null;
	}

	Place element() {
		return this.element;
	}

	@Override
	void check(Location at, Object value, @Nullable Object before) {
		if (!this.kind.isInstance(value)) {
			throw at.wrongType(describe(), value);
		}
		if (!(value instanceof List<?> list)) {
			((Collection<?>) value).forEach((element) -> this.element.check(at, element, null));
			return;
		}
		int index = (list instanceof PersistentList<?> now && before instanceof PersistentList<?> old)
				? now.sharedPrefix(old) : 0;
		for (Object element : list.subList(index, list.size())) {
			this.element.check(at.child(String.valueOf(index)), element, null);
			index++;
		}
	}

	@Override
	Object convert(Location at, Object value) {
		if (!(value instanceof Collection<?> elements)) {
			return value;
		}
		Collection<@Nullable Object> converted = new ArrayList<>(elements.size());
		boolean changed = false;
		int index = 0;
		for (Object element : elements) {
			Object after = this.element.convert((value instanceof List<?>) ? at.child(String.valueOf(index)) : at,
					element);
			changed |= after != element;
			converted.add(after);
			index++;
		}
		return toKind(value, changed ? converted : elements);
	}

	// Documents and JSON know no sets. A set that came from one has no order to lose.
	private Object toKind(Object original, Collection<?> elements) {
		boolean isSet = original instanceof Set<?>;
		if (elements == original && (isSet || this.kind != Kind.SET)) {
			return original;
		}
		if (!isSet && this.kind != Kind.SET) {
			return elements;
		}
		Set<?> set = new LinkedHashSet<>(elements);
		return (isSet || set.size() == elements.size()) ? set : original;
	}

}
