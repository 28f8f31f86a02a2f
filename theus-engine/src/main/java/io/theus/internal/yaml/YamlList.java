package io.theus.internal.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A list of nodes.
 *
 * @param position where it begins
 * @param items its items in order
 * @since 0.1.0
 */
public record YamlList(SourcePosition position, List<YamlNode> items) implements YamlNode {

	/**
	 * Create a list.
	 * @param position where it begins
	 * @param items its items, copied
	 */
	public YamlList {
		items = List.copyOf(items);
	}

	@Override
	public YamlList asList() {
		return this;
	}

	@Override
	public String describe() {
		return "a list";
	}

	@Override
	public List<@Nullable Object> toPlain() {
		List<@Nullable Object> plain = new ArrayList<>(this.items.size());
		this.items.forEach((item) -> plain.add(item.toPlain()));
		return Collections.unmodifiableList(plain);
	}

}
