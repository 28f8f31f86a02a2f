package io.theus.state;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.path.Right;
import io.theus.path.Zone;
import io.theus.path.ZoneViolationException;
import io.theus.path.Zones;

/**
 * Keeps account of where the state holds PRIVATE values, so that hiding them costs in
 * proportion to how many there are.
 *
 * @since 0.1.0
 */
public final class PrivatePaths {

	private final Zones zones;

	private final Set<Path> found = new LinkedHashSet<>();

	private PrivatePaths(Zones zones) {
		this.zones = zones;
	}

	/**
	 * Return where PRIVATE values are after a commit.
	 * @param before where they were before it
	 * @param changes what it changed
	 * @param root the content after it
	 * @param zones the zone resolver
	 * @return their topmost paths, unmodifiable
	 */
	public static List<Path> after(List<Path> before, List<StateChange> changes, PersistentMap<Object> root,
			Zones zones) {
		PrivatePaths paths = new PrivatePaths(zones);
		for (Path path : before) {
			if (StateTree.find(root, path) != StateTree.ABSENT) {
				paths.found.add(path);
			}
		}
		for (StateChange change : changes) {
			paths.collect(change.path(), StateTree.find(root, change.path()));
		}
		return List.copyOf(paths.found);
	}

	private void collect(Path path, @Nullable Object node) {
		if (node == StateTree.ABSENT) {
			return;
		}
		if (this.zones.of(path) == Zone.PRIVATE) {
			this.found.add(topmost(path));
			return;
		}
		for (String key : StateTree.keys(node)) {
			collect(path.child(key), StateTree.child(node, key));
		}
	}

	private Path topmost(Path path) {
		Path top = path;
		while (top.length() > 2 && this.zones.of(top.prefix(top.length() - 1)) == Zone.PRIVATE) {
			top = top.prefix(top.length() - 1);
		}
		return top;
	}

	/**
	 * Leave out what is PRIVATE below a node.
	 * @param hidden where the snapshot holds PRIVATE values
	 * @param path the path of the node
	 * @param node the node
	 * @return the node without them
	 * @throws ZoneViolationException if one of them is a component of a record, which
	 * cannot be left out
	 */
	public static @Nullable Object hide(List<Path> hidden, Path path, @Nullable Object node) {
		Object visible = node;
		for (Path secret : hidden) {
			if (secret.length() > path.length() && secret.startsWith(path)) {
				if (StateTree.find(visible, secret.prefix(secret.length() - 1), path.length()) instanceof Record) {
					// Nothing can be cut out of a record
					throw new ZoneViolationException(secret, Zone.PRIVATE, Right.READ);
				}
				visible = StateTree.removeBelow(visible, secret, path.length());
			}
		}
		return visible;
	}

}
