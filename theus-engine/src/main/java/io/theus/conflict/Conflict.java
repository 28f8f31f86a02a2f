package io.theus.conflict;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitRecord;

/**
 * Why a commit was refused.
 *
 * @param path the key that has changed
 * @param origin whose commit was refused
 * @param baseVersion the version that it had read
 * @param culprit the last commit that changed the key, {@code null} if it is no longer
 * known
 * @param reason what else stood against the commit, {@code null} if just the key changed
 * @since 0.1.0
 */
public record Conflict(Path path, CommitOrigin origin, long baseVersion, @Nullable CommitRecord culprit,
		@Nullable String reason) {

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("conflict on '%s' in %s: ".formatted(this.path, this.origin));
		if (this.reason != null) {
			text.append(this.reason).append(", ");
		}
		if (this.culprit != null) {
			text.append("changed by %s in commit version=%d".formatted(this.culprit.origin(), this.culprit.version()));
		}
		else {
			text.append((this.reason != null) ? "changed" : "changed by a commit that is no longer kept");
		}
		return text.append(" after snapshot version=%d".formatted(this.baseVersion)).toString();
	}

}
