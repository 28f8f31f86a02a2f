package io.theus.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.path.PathPattern;

/**
 * Puts declarations together to one tree and finds out which of them overlap.
 * <p>
 * A node of the tree stands for all declarations whose first segments can lead to it. A
 * literal key therefore takes along what is declared for {@code *} in its place, so that
 * one step down never has to follow two branches.
 */
final class DeclarationTree {

	private DeclarationTree() {
	}

	/**
	 * Build the tree.
	 * @param declarations all declarations
	 * @return the place above all layers
	 * @throws InvalidSchemaException if two declarations are about one place
	 */
	static Place of(List<Declaration> declarations) {
		return way(declarations, 0);
	}

	// A map that nobody declares, on the way to declarations below it
	private static Place way(List<Declaration> declarations, int depth) {
		return Place.of(new SectionType(literals(declarations, depth), any(declarations, depth), true,
				ComponentConstraints.NONE));
	}

	private static Map<String, Place> literals(List<Declaration> declarations, int depth) {
		Map<String, Place> places = new LinkedHashMap<>();
		for (Declaration declaration : declarations) {
			String key = declaration.pattern().literal(depth);
			if (key != null && !places.containsKey(key)) {
				places.put(key, place(matching(declarations, depth, key), depth + 1));
			}
		}
		return places;
	}

	private static @Nullable Place any(List<Declaration> declarations, int depth) {
		List<Declaration> matching = matching(declarations, depth, null);
		return matching.isEmpty() ? null : place(matching, depth + 1);
	}

	private static List<Declaration> matching(List<Declaration> declarations, int depth, @Nullable String key) {
		return declarations.stream().filter((declaration) -> {
			String literal = declaration.pattern().literal(depth);
			return literal == null || literal.equals(key);
		}).toList();
	}

	private static Place place(List<Declaration> declarations, int depth) {
		List<Declaration> deeper = new ArrayList<>();
		Declaration here = null;
		for (Declaration declaration : declarations) {
			if (declaration.pattern().length() > depth) {
				deeper.add(declaration);
			}
			else if (here == null) {
				here = declaration;
			}
			else {
				throw twice(here, declaration);
			}
		}
		return (here != null) ? extended(here, deeper, depth) : way(deeper, depth);
	}

	// A map with declared keys may have further keys declared elsewhere; everything else
	// is declared as a whole
	private static Place extended(Declaration declaration, List<Declaration> deeper, int depth) {
		Place place = declaration.place();
		if (deeper.isEmpty()) {
			return place;
		}
		for (Declaration other : deeper) {
			String key = other.pattern().literal(depth);
			if (key == null || !(place.type() instanceof SectionType section) || section.part(key) != null) {
				throw twice(declaration, other);
			}
		}
		SectionType section = (SectionType) place.type();
		return new Place(section.with(literals(deeper, depth)), place.presence(), place.traits(), place.key(),
				place.rules());
	}

	// Names the places that both are about
	private static InvalidSchemaException twice(Declaration first, Declaration second) {
		PathPattern one = first.pattern();
		PathPattern other = second.pattern();
		String root = String.valueOf(one.literal(0));
		StringBuilder place = new StringBuilder(root);
		for (int i = 1; i < Math.max(one.length(), other.length()); i++) {
			String key = (i < one.length()) ? one.literal(i) : null;
			String literal = (key == null && i < other.length()) ? other.literal(i) : key;
			place.append((literal != null) ? Path.of(root, literal).toString().substring(root.length()) : ".*");
		}
		return InvalidSchemaException.twice(place.toString(), first.origin(), second.origin());
	}

}
