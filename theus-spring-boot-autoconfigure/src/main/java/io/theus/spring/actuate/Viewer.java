package io.theus.spring.actuate;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;

import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.Zone;

/**
 * What one caller of an endpoint sees. A path that is withheld is treated as if there
 * were nothing: it is not listed, not counted and not found.
 */
final class Viewer {

	static final String MASK = SanitizableData.SANITIZED_VALUE;

	// A topic is found below each of them
	private static final List<Path> SIGNALS = List.of(Path.parse("signal"), Path.parse("sig"), Path.parse("cmd"));

	private static final Path LAYER = Path.parse("domain");

	private final ShownValues values;

	private final boolean shown;

	private final List<PathPattern> withheld;

	private final Function<Path, Zone> zones;

	Viewer(ShownValues values, boolean shown, List<PathPattern> withheld, Function<Path, Zone> zones) {
		this.values = values;
		this.shown = shown;
		this.withheld = withheld;
		this.zones = zones;
	}

	boolean sees(Path path) {
		return !isPrivate(path) && !isWithheld(path);
	}

	boolean isPrivate(Path path) {
		return this.zones.apply(path) == Zone.PRIVATE;
	}

	// Whether the caller lacks the role for it
	boolean isWithheld(Path path) {
		return this.withheld.stream().anyMatch((pattern) -> pattern.covers(path));
	}

	// Whether some of the entries of a node may be withheld
	boolean isLimitedBelow(Path path) {
		if (this.withheld.isEmpty()) {
			return false;
		}
		PathPattern entries = PathPattern.of(path).child(null);
		return this.withheld.stream().anyMatch((pattern) -> pattern.overlaps(entries));
	}

	// What a process declares is known to those who know of some of it
	boolean sees(PathPattern declared) {
		return this.withheld.stream().noneMatch((pattern) -> pattern.includes(declared));
	}

	boolean seesTopic(String topic) {
		return SIGNALS.stream().map((root) -> root.child(topic)).noneMatch(this::isWithheld);
	}

	boolean seesEveryPath() {
		return this.withheld.isEmpty();
	}

	/**
	 * Return what is shown of a scalar.
	 * @param key where it is
	 * @param value the value
	 * @return the value or a mask, as JSON knows it
	 */
	@Nullable Object scalar(String key, @Nullable Object value) {
		return this.values.render(key, value, this.shown);
	}

	/**
	 * Return what is shown of a text that may say anything, names of paths included.
	 * @param key where it is
	 * @param text the text
	 * @return the text or a mask
	 */
	@Nullable Object freeText(String key, @Nullable String text) {
		return this.values.render(key, text, this.shown && seesEveryPath());
	}

	/**
	 * Return what renders values that are not in the state.
	 * @return a rendering for this caller
	 */
	ShownParts parts() {
		return new ShownParts(this.values, this.shown, (name) -> isPrivate(LAYER.child(name)));
	}

}
