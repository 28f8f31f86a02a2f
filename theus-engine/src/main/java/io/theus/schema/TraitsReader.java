package io.theus.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.theus.Merging;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.state.MergeRules;

/**
 * Finds the places whose traits matter to transactions. Parts of a list or set have none,
 * because it is one unit; a record within itself is followed once.
 */
final class TraitsReader {

	private final List<MergeRules.Declared> merges = new ArrayList<>();

	private final List<PathPattern> volatiles = new ArrayList<>();

	private final Set<RecordType> within = new HashSet<>();

	private TraitsReader() {
	}

	static TraitsReader of(Place root) {
		TraitsReader reader = new TraitsReader();
		if (root.type() instanceof SectionType layers) {
			layers.fields().forEach((layer, place) -> reader.read(PathPattern.of(Path.parse(layer)), place));
		}
		return reader;
	}

	List<MergeRules.Declared> merges() {
		return List.copyOf(this.merges);
	}

	List<PathPattern> volatiles() {
		return List.copyOf(this.volatiles);
	}

	private void read(PathPattern pattern, Place place) {
		Merging merging = place.traits().merging();
		if (merging != null) {
			this.merges.add(new MergeRules.Declared(pattern, merging));
		}
		if (place.traits().isVolatile()) {
			this.volatiles.add(pattern);
		}
		readParts(pattern, place.type());
	}

	private void readParts(PathPattern pattern, StoredType type) {
		if (type instanceof SectionType section) {
			section.fields().forEach((key, place) -> read(pattern.child(key), place));
			Place any = section.any();
			if (any != null) {
				read(pattern.child(null), any);
			}
		}
		else if (type instanceof MapType map) {
			read(pattern.child(null), map.part("*"));
		}
		else if (type instanceof RecordType instance && this.within.add(instance)) {
			instance.components().forEach((key, place) -> read(pattern.child(key), place));
			this.within.remove(instance);
		}
	}

}
