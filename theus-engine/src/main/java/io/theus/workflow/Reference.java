package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Expression;
import io.theus.internal.yaml.SourcePosition;
import io.theus.internal.yaml.YamlScalar;

/**
 * A name below a root that an expression reads, such as {@code orderId} below
 * {@code inputs}.
 *
 * @param root the first name
 * @param name the member of it
 * @param position where the expression stands, {@code null} if it was built in Java
 */
record Reference(String root, String name, @Nullable SourcePosition position) {

	// root.name or root['name']
	private static final Pattern MEMBER = Pattern.compile("([^.\\[]+)(?:\\.([^.\\[]+)|\\['((?:[^'\\\\]|\\\\.)*)'])");

	static List<Reference> of(List<Expression> expressions, @Nullable YamlScalar source) {
		SourcePosition position = (source != null) ? source.position() : null;
		List<Reference> references = new ArrayList<>();
		for (Expression expression : expressions) {
			for (String chain : expression.references()) {
				Matcher matcher = MEMBER.matcher(chain);
				if (matcher.lookingAt()) {
					String quoted = matcher.group(3);
					references.add(new Reference(matcher.group(1),
							(quoted != null) ? quoted.replaceAll("\\\\(.)", "$1") : matcher.group(2), position));
				}
			}
		}
		return references;
	}

}
