package io.theus.path;

import org.jspecify.annotations.Nullable;

/**
 * The one zone resolver. The first segment below the layer that a schema puts into a zone
 * or that carries a zone's prefix decides; a root such as {@code signal} or {@code log}
 * decides for everything below it. The names of keys that a schema types say nothing.
 * <p>
 * Immutable and safe for use by several threads if its declarations are.
 *
 * @since 0.1.0
 */
public final class Zones {

	private final ZoneDeclarations declarations;

	/**
	 * Create a resolver.
	 * @param declarations what the schema says
	 */
	public Zones(ZoneDeclarations declarations) {
		this.declarations = declarations;
	}

	/**
	 * Return the zone of a path.
	 * @param path the path
	 * @return its zone, {@link Zone#DATA} if nothing says otherwise
	 */
	public Zone of(Path path) {
		Zone root = ofRoot(path.root());
		if (root != null) {
			return root;
		}
		for (int length = 2; length <= path.length(); length++) {
			Zone declared = this.declarations.declared(path, length);
			Zone zone = (declared != null) ? declared : ofName(path.segment(length - 1));
			if (zone != null && zone != Zone.DATA) {
				return zone;
			}
		}
		return Zone.DATA;
	}

	/**
	 * Return the zone that a pattern lies in, as far as its literal segments tell: what a
	 * wildcard or placeholder stands for is taken to have an ordinary name.
	 * @param pattern the pattern
	 * @return the zone of what it matches
	 */
	public Zone of(PathPattern pattern) {
		Path sample = pattern.sample();
		return (sample != null) ? of(sample) : Zone.DATA;
	}

	/**
	 * Return the zone of a root.
	 * @param root the first segment of a path
	 * @return the zone, or {@code null} for a layer
	 */
	public static @Nullable Zone ofRoot(String root) {
		return switch (root) {
			case "heavy" -> Zone.HEAVY;
			case "signal", "sig", "cmd" -> Zone.SIGNAL;
			case "meta" -> Zone.META;
			case "log" -> Zone.LOG;
			default -> null;
		};
	}

	/**
	 * Return the zone that the name of a segment asks for.
	 * @param segment a segment below the layer
	 * @return the zone, or {@code null} if the name has no zone's prefix
	 */
	public static @Nullable Zone ofName(String segment) {
		return switch (segment.charAt(0)) {
			case 'h' -> segment.startsWith("heavy_") ? Zone.HEAVY : null;
			case 's' -> segment.startsWith("sig_") ? Zone.SIGNAL : null;
			case 'c' -> segment.startsWith("const_") ? Zone.CONSTANT : segment.startsWith("cmd_") ? Zone.SIGNAL : null;
			case 'm' -> segment.startsWith("meta_") ? Zone.META : null;
			case 'l' -> segment.startsWith("log_") ? Zone.LOG : null;
			case 'a' -> segment.startsWith("audit_") ? Zone.LOG : null;
			case 'i' -> segment.startsWith("internal_") ? Zone.PRIVATE : null;
			default -> null;
		};
	}

}
