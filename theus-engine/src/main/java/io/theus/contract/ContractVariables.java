package io.theus.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.theus.ContractVariable;
import io.theus.path.Segments;

/**
 * The contract variables of an engine.
 * <p>
 * Immutable and safe for use by several threads. Identity matters: values that were taken
 * belong to the engine whose variables they are.
 *
 * @since 0.1.0
 */
public final class ContractVariables {

	/**
	 * No variables.
	 */
	public static final ContractVariables NONE = new ContractVariables(List.of());

	private final Map<String, ContractVariable> byPlaceholder = new LinkedHashMap<>();

	/**
	 * Create the variables.
	 * @param variables the variables
	 * @throws InvalidVariableException if a name is no plain name or occurs twice
	 */
	public ContractVariables(List<? extends ContractVariable> variables) {
		for (ContractVariable variable : variables) {
			String name = variable.name();
			if (!Segments.isPlain(name)) {
				throw new InvalidVariableException(name, "its name cannot stand in a placeholder",
						"use letters, digits, '_' and '-', without the '@'");
			}
			if (this.byPlaceholder.put("@" + name, variable) != null) {
				throw new InvalidVariableException(name, "its name is taken by another one", "rename one of them");
			}
		}
	}

	/**
	 * Return whether there are none.
	 * @return whether no contract can have a variable
	 */
	public boolean isEmpty() {
		return this.byPlaceholder.isEmpty();
	}

	/**
	 * Return what contracts may write in braces.
	 * @return the names, each with its {@code @}, unmodifiable
	 */
	public Set<String> placeholders() {
		return Collections.unmodifiableSet(this.byPlaceholder.keySet());
	}

	ContractVariable get(String placeholder) {
		return Objects.requireNonNull(this.byPlaceholder.get(placeholder), placeholder);
	}

}
