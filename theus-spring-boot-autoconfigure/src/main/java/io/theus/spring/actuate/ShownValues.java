package io.theus.spring.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.Zone;

/**
 * Decides who sees values, and what of them, and who may know of which paths.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ShownValues {

	// Of a text in the trail
	private static final int LENGTH = 200;

	private final Sanitizer sanitizer;

	private final Show show;

	private final Set<String> roles;

	private final List<PathLimit> limits;

	/**
	 * Create the rule.
	 * @param functions mask what even those do not see who may see values
	 * @param show to whom values are shown
	 * @param roles the roles that authorize, empty for everybody who is authenticated
	 * @param limits the paths that only some may know of
	 */
	public ShownValues(Collection<SanitizingFunction> functions, Show show, Set<String> roles,
			Collection<PathLimit> limits) {
		this.sanitizer = new Sanitizer(List.copyOf(functions));
		this.show = show;
		this.roles = Set.copyOf(roles);
		this.limits = List.copyOf(limits);
	}

	/**
	 * Return what the trail of the audit keeps of a value. Where values are shown to
	 * nobody, that is nothing. A value of parts is only named by its kind: they may be
	 * what nobody should see, and as many as one likes.
	 * @param key where the value is
	 * @param value the value
	 * @return the value or a mask, shortened
	 */
	public String inTrail(String key, @Nullable Object value) {
		String kind = TreeRendering.kind(value);
		Object whole = kind.equals("value") ? value : kind;
		String text = String.valueOf(render(key, whole, this.show != Show.NEVER));
		return (text.length() <= LENGTH) ? text : text.substring(0, LENGTH) + "...";
	}

	boolean isShownTo(SecurityContext caller) {
		return this.show.isShown(caller, this.roles);
	}

	/**
	 * Decide what one caller sees.
	 * @param caller who asks
	 * @param zones tells the zone of a path
	 * @return what that caller sees, for one answer
	 */
	Viewer to(SecurityContext caller, Function<Path, Zone> zones) {
		List<PathPattern> withheld = this.limits.stream()
			.filter((limit) -> !Show.WHEN_AUTHORIZED.isShown(caller, limit.roles()))
			.map(PathLimit::pattern)
			.toList();
		return new Viewer(this, isShownTo(caller), withheld, zones);
	}

	/**
	 * Return what is shown of a value.
	 * @param key where the value is
	 * @param value the value
	 * @param shown whether the caller sees values
	 * @return the value or a mask, as JSON knows it
	 */
	@Nullable Object render(String key, @Nullable Object value, boolean shown) {
		Object sanitized = this.sanitizer.sanitize(new SanitizableData(null, key, value), shown);
		boolean known = sanitized == null || sanitized instanceof Number || sanitized instanceof Boolean
				|| sanitized instanceof String;
		return known ? sanitized : String.valueOf(sanitized);
	}

}
