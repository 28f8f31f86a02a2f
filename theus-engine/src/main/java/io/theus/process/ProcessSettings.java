package io.theus.process;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.Semantic;
import io.theus.contract.ContractVariables;
import io.theus.contract.InvalidContractException;
import io.theus.path.Zones;

/**
 * How the declarations of an engine's processes are read.
 *
 * @param zones the zone resolver
 * @param strict whether undeclared access is refused
 * @param sideEffects whether processes may declare side effects
 * @param variables what placeholders may stand for besides arguments and inputs
 * @param asynchronous the types by which a value is returned that is there later
 * @since 0.1.0
 */
public record ProcessSettings(Zones zones, boolean strict, boolean sideEffects, ContractVariables variables,
		List<AsynchronousType> asynchronous) {

	void checkSideEffects(String process, List<String> declared) {
		if (!this.sideEffects && !declared.isEmpty()) {
			throw new InvalidContractException(process,
					"it declares sideEffects=%s, which are forbidden here".formatted(declared),
					"remove them or set theus.process.side-effects=declared");
		}
	}

	@Nullable KeyTemplate once(String process, Semantic semantic, String text, Duration retention, List<Parameter> parameters) {
		if (text.isEmpty()) {
			return null;
		}
		if (semantic == Semantic.PURE) {
			throw new InvalidContractException(process, "a PURE process cannot declare once='%s'".formatted(text),
					"remove it, to run it again changes nothing");
		}
		return KeyTemplate.compile(process, text, retention, KeyTemplate.sources(parameters, placeholders(parameters)));
	}

	// What the contract of a process with these parameters may write in braces
	Set<String> placeholders(List<Parameter> parameters) {
		Set<String> placeholders = new LinkedHashSet<>();
		for (Parameter parameter : parameters) {
			if (parameter.kind() != Parameter.Kind.CONTEXT) {
				placeholders.add(parameter.name());
			}
		}
		placeholders.addAll(this.variables.placeholders());
		return placeholders;
	}

}
