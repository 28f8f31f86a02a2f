package io.theus.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.internal.collection.PersistentMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.Zone;
import io.theus.path.ZoneDeclarations;
import io.theus.state.MergeRules;
import io.theus.state.StateChange;
import io.theus.state.StateTree;
import io.theus.state.StoredTypes;

/**
 * What the state must look like, compiled from records and YAML documents.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
// A check goes down the path of a change, from type to type, and on the way back up asks
// for the constraints of what it came through: by then everything below is known to be of
// its type. It looks at the changed value at any depth, but of what is around it only at
// the keys that are declared; entries of a map that the path does not name are never
// touched. A schema is checked from the first commit on, therefore what did not change is
// valid already.
public final class Schema implements ZoneDeclarations, StoredTypes {

	private static final Logger logger = LoggerFactory.getLogger(Schema.class);

	private final Place root;

	private final boolean empty;

	private final TraitsReader traits;

	private Schema(Place root, boolean empty) {
		this.root = root;
		this.empty = empty;
		this.traits = TraitsReader.of(root);
	}

	/**
	 * Compile a schema. Where records have constraints and nothing is there to check
	 * them, a warning is logged once.
	 * @param records records annotated as state
	 * @param documents documents in YAML with a list {@code state}
	 * @param constraints checks the constraints of records, {@code null} if nothing can
	 * @return the schema
	 * @throws InvalidSchemaException if a declaration makes no sense, or if two are about
	 * the same place
	 * @throws io.theus.path.InvalidPathException if the path of a record cannot be parsed
	 * @throws io.theus.internal.yaml.InvalidYamlException with the place of what is wrong
	 * in a document
	 */
	public static Schema of(Collection<Class<?>> records, Collection<? extends YamlNode> documents,
			@Nullable Constraints constraints) {
		RecordTypes types = new RecordTypes(constraints);
		RecordDeclarations ofRecords = new RecordDeclarations(types);
		YamlDeclarations ofDocuments = new YamlDeclarations(types);
		List<Declaration> declarations = new ArrayList<>();
		records.forEach((record) -> declarations.add(ofRecords.read(record)));
		documents.forEach((document) -> declarations.addAll(ofDocuments.read(document)));
		List<String> constrained = readAll(types);
		if (constraints == null && !constrained.isEmpty()) {
			logger.warn("constraints of {} are not checked, add a bean validation provider", constrained);
		}
		return new Schema(DeclarationTree.of(declarations), declarations.isEmpty());
	}

	// Reads records within records too, so that what is wrong with them is found now
	private static List<String> readAll(RecordTypes types) {
		Set<RecordType> read = new HashSet<>();
		boolean found = true;
		while (found) {
			found = false;
			for (RecordType type : List.copyOf(types.known())) {
				found |= read.add(type);
				type.components();
			}
		}
		return read.stream()
			.map(RecordType::type)
			.filter(ConstraintAnnotations::areOn)
			.map(Class::getName)
			.sorted()
			.toList();
	}

	/**
	 * Return whether nothing is declared.
	 * @return whether every check passes
	 */
	public boolean isEmpty() {
		return this.empty;
	}

	/**
	 * Return where what transactions bring along is merged.
	 * @return the rules that are declared, unmodifiable
	 */
	public List<MergeRules.Declared> merges() {
		return this.traits.merges();
	}

	/**
	 * Return where the last writer wins.
	 * @return the places that are declared so, unmodifiable
	 */
	public List<PathPattern> volatiles() {
		return this.traits.volatiles();
	}

	/**
	 * Check a would-be state. The cost is that of the changes and of what is declared
	 * around them, whatever the size of the maps they are in.
	 * @param changes what a commit changes
	 * @param after the content as it would be
	 * @throws SchemaViolationException about the first place that does not fit
	 */
	public void check(List<StateChange> changes, PersistentMap<Object> after) {
		for (StateChange change : changes) {
			check(this.root, after, change, 0);
		}
	}

	private static void check(Place place, @Nullable Object value, StateChange change, int depth) {
		Path path = change.path();
		Location at = Location.of(path, depth);
		if (depth == path.length()) {
			place.check(at, value, change.before().orElse(null));
			return;
		}
		ChangedPart part = new ChangedPart(change, depth);
		place.checkPart(at, value, part);
		Place next = place.type().partOf(value, part.key());
		Object below = StateTree.child(value, part.key());
		if (next != null && below != StateTree.ABSENT) {
			check(next, below, change, depth + 1);
		}
		place.checkConstraints(at, value, part);
	}

	@Override
	public @Nullable Object convert(Path path, @Nullable Object value) {
		Place place = find(path, path.length());
		return (place != null) ? place.convert(Location.of(path, path.length()), value) : value;
	}

	@Override
	public @Nullable Object convertElement(Path path, @Nullable Object element) {
		Place place = find(path, path.length());
		return (place != null && place.type() instanceof ElementsType elements)
				? elements.element().convert(Location.of(path, path.length()), element) : element;
	}

	private @Nullable Place find(Path path, int length) {
		Place place = this.root;
		for (int i = 0; i < length && place != null; i++) {
			place = place.type().part(path.segment(i));
		}
		return place;
	}

	@Override
	public @Nullable Zone declared(Path path, int length) {
		Place place = this.root;
		for (int i = 0; i < length; i++) {
			place = place.type().part(path.segment(i));
			if (place == null || place.zone() != null) {
				return (place != null) ? place.zone() : null;
			}
		}
		return place.key() ? Zone.DATA : null;
	}

}
