package io.theus.workflow;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.SourcePosition;

/**
 * What an author calls something that is looked up later: a process, a workflow, an
 * error.
 *
 * @param text the name as it was written
 * @param position where it stands, {@code null} if it was built in Java
 * @since 0.1.0
 */
public record Name(String text, @Nullable SourcePosition position) {

	@Override
	public String toString() {
		return this.text;
	}

}
