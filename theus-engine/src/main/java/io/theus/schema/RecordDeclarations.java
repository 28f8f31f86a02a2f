package io.theus.schema;

import java.util.LinkedHashMap;
import java.util.Map;

import io.theus.annotation.TheusState;
import io.theus.path.PathPattern;

/**
 * Reads declarations from annotated records. A layer, and whatever is open for further
 * keys, is stored as a map with the record's components as keys; everything else as an
 * instance of the record.
 */
final class RecordDeclarations {

	private final RecordTypes records;

	RecordDeclarations(RecordTypes records) {
		this.records = records;
	}

	/**
	 * Read one declaration.
	 * @param type an annotated record class
	 * @return the declaration
	 * @throws InvalidSchemaException if it is not one
	 * @throws io.theus.path.InvalidPathException if its path cannot be parsed
	 */
	Declaration read(Class<?> type) {
		TheusState annotation = type.getAnnotation(TheusState.class);
		if (annotation == null || !type.isRecord()) {
			throw InvalidSchemaException.of("'%s'".formatted(type.getName()),
					"it must be a record annotated with @TheusState");
		}
		PathPattern pattern = PathPattern.parse(annotation.value());
		String origin = "record '%s' at '%s'".formatted(type.getName(), pattern);
		RecordType stored = this.records.of(type.asSubclass(Record.class));
		boolean section = pattern.length() == 1 || annotation.open();
		return new Declaration(pattern, Place.of(section ? section(stored, annotation.open(), origin) : stored),
				origin);
	}

	private static SectionType section(RecordType type, boolean open, String origin) {
		if (type.constraints().isOnRecord()) {
			throw InvalidSchemaException.of(origin,
					"it is stored as a map, for which a constraint on the record as a whole cannot be checked, put it on a component");
		}
		Map<String, Place> fields = new LinkedHashMap<>(type.components());
		return new SectionType(fields, null, open, type.constraints());
	}

}
