package io.theus.internal.collection;

/**
 * The right to change in place what was made under it. A batch of writes to one
 * {@link PersistentMap}, or to a tree of them, makes one edit and passes it to every
 * write; nodes that the batch itself made are then changed instead of copied again.
 *
 * <p>
 * The rules, which nothing checks:
 * <ul>
 * <li>An edit belongs to one thread at a time.</li>
 * <li>After a write under an edit the map that was written to is used up if it was itself
 * made under that edit; go on with the map that was returned. Maps made otherwise are
 * untouched, as ever.</li>
 * <li>In a tree of maps, a map that was written to is put back into the one above it by
 * {@link PersistentMap#withChanged}, not by {@code with}, which compares.</li>
 * <li>A map made under an edit sits in one place only: it must not be stored under two
 * keys while the edit is in use.</li>
 * <li>A batch ends by forgetting its edit. From then on all maps made under it are as
 * immutable as any other. Before such a map is handed to somebody who may keep it, forget
 * the edit; if more is to be written, go on with a new one. Edits are cheap.</li>
 * </ul>
 * A write that is alone does better without an edit: the edit lives as long as a node
 * that was made under it.
 *
 * @since 0.1.0
 * @see PersistentMap#with(String, Object, Edit)
 */
public final class Edit {

}
