package io.theus.schema;

import io.theus.Merging;

/**
 * What types of values can be merged in which way.
 */
final class MergedTypes {

	private MergedTypes() {
	}

	static boolean suits(Merging merging, StoredType type) {
		return type instanceof AnyType || switch (merging) {
			case SUM -> type instanceof InstanceType instance && instance.isNumber();
			case MAX, MIN -> type instanceof InstanceType instance && instance.isOrdered();
			case APPEND -> type instanceof ElementsType elements && elements.kind() == Kind.LIST;
			case UNION -> type instanceof ElementsType elements && elements.kind() == Kind.SET;
		};
	}

	static String advice(Merging merging) {
		return merging + " merges " + switch (merging) {
			case SUM -> "numbers";
			case MAX, MIN -> "values with an order";
			case APPEND -> "lists";
			case UNION -> "sets";
		} + " only, change the type or the way of merging";
	}

	static void check(String declaration, Merging merging, StoredType type) {
		if (!suits(merging, type)) {
			throw InvalidSchemaException.of(declaration, advice(merging));
		}
	}

}
