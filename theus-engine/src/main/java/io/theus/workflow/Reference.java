package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

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

	static List<Reference> of(List<Expression> expressions, @Nullable YamlScalar source) {
		SourcePosition position = (source != null) ? source.position() : null;
		List<Reference> references = new ArrayList<>();
		for (Expression expression : expressions) {
			for (String chain : expression.references()) {
				int end = chain.indexOf('.');
				int bracket = chain.indexOf('[');
				if (end >= 0 && (bracket < 0 || end < bracket)) {
					references.add(new Reference(chain.substring(0, end), plainName(chain, end + 1), position));
				}
			}
		}
		return references;
	}

	private static String plainName(String chain, int start) {
		int end = start;
		while (end < chain.length() && chain.charAt(end) != '.' && chain.charAt(end) != '[') {
			end++;
		}
		return chain.substring(start, end);
	}

}
