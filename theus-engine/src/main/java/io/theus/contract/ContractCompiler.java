package io.theus.contract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.theus.Semantic;
import io.theus.error.Suggestions;
import io.theus.path.InvalidPathException;
import io.theus.path.PathPattern;
import io.theus.path.Right;
import io.theus.path.Zone;
import io.theus.path.Zones;
import io.theus.state.EngineFacts;

/**
 * Finds every mistake in a declaration.
 */
final class ContractCompiler {

	private final ContractSpec spec;

	private final Zones zones;

	private final List<PathPattern> inputs;

	private final List<PathPattern> outputs;

	ContractCompiler(ContractSpec spec, Zones zones) {
		this.spec = spec;
		this.zones = zones;
		this.inputs = compile("input", spec.inputs());
		this.outputs = compile("output", spec.outputs());
		this.inputs.forEach(this::checkInput);
		this.outputs.forEach(this::checkOutput);
		checkSemantic();
	}

	List<PathPattern> inputs() {
		return List.copyOf(this.inputs);
	}

	List<PathPattern> outputs() {
		return List.copyOf(this.outputs);
	}

	private List<PathPattern> compile(String kind, List<String> texts) {
		Set<PathPattern> patterns = new LinkedHashSet<>();
		for (String text : texts) {
			PathPattern pattern = parse(kind, text);
			checkPlaceholders(kind, pattern);
			patterns.add(pattern);
		}
		return new ArrayList<>(patterns);
	}

	private PathPattern parse(String kind, String text) {
		try {
			return PathPattern.parse(text);
		}
		catch (InvalidPathException ex) {
			throw new InvalidContractException(this.spec.process(),
					"%s '%s' is no pattern at position=%d".formatted(kind, text, ex.position()), ex.problem());
		}
	}

	private void checkPlaceholders(String kind, PathPattern pattern) {
		for (String placeholder : pattern.placeholders()) {
			boolean variable = placeholder.startsWith("@");
			int dot = placeholder.indexOf('.');
			// A variable is one value and has no components
			String source = (dot < 0 || variable) ? placeholder : placeholder.substring(0, dot);
			if (!this.spec.placeholders().contains(source)) {
				throw new InvalidContractException(this.spec.process(),
						"placeholder '{%s}' in %s '%s' has no source%s".formatted(placeholder, kind, pattern,
								Suggestions.didYouMean(source, this.spec.placeholders())),
						(variable ? "define a ContractVariable of that name"
								: "name an argument or an @Input parameter") + ": available="
								+ this.spec.placeholders());
			}
		}
	}

	private void checkInput(PathPattern pattern) {
		Zone zone = this.zones.of(pattern);
		if (zone == Zone.PRIVATE) {
			throw new InvalidContractException(this.spec.process(),
					"input '%s' lies in zone PRIVATE".formatted(pattern), "no process can read it, remove it");
		}
		boolean allowed = this.spec.semantic() == Semantic.GUIDE
				|| (this.spec.semantic() == Semantic.EFFECT && !this.spec.strict());
		if (zone.isControl() && !allowed) {
			throw new InvalidContractException(this.spec.process(),
					"input '%s' lies in control zone %s, which %s processes do not see".formatted(pattern, zone,
							this.spec.semantic()),
					"declare semantic = GUIDE if the process steers, else pass the value as an argument");
		}
	}

	private void checkOutput(PathPattern pattern) {
		if (EngineFacts.covers(pattern)) {
			throw new InvalidContractException(this.spec.process(),
					"output '%s' names what the engine computes".formatted(pattern),
					"remove it from outputs, name it in inputs to read it");
		}
		Zone zone = this.zones.of(pattern);
		if (!zone.grants(Right.UPDATE) && !zone.grants(Right.APPEND)) {
			throw new InvalidContractException(this.spec.process(),
					"output '%s' lies in zone %s, which nobody writes: rights=%s".formatted(pattern, zone,
							zone.rights()),
					(zone == Zone.SIGNAL) ? "declare the topic in emits" : "remove it from outputs and updates");
		}
		String reason = Firewall.refusal(this.spec.semantic(), zone, true);
		if (reason != null) {
			throw new InvalidContractException(this.spec.process(),
					"output '%s' lies in zone %s: %s".formatted(pattern, zone, reason),
					"change the semantic or remove it from outputs and updates");
		}
	}

	private void checkSemantic() {
		if (this.spec.semantic() == Semantic.PURE) {
			refuse("sideEffects", this.spec.sideEffects());
			refuse("emits", this.spec.emits());
			refuse("sends", this.spec.sends());
			refuse("starts", this.spec.starts());
		}
		if (this.spec.semantic() == Semantic.GUIDE) {
			refuse("sends", this.spec.sends());
		}
	}

	private void refuse(String attribute, List<String> declared) {
		if (!declared.isEmpty()) {
			throw new InvalidContractException(this.spec.process(),
					"a %s process cannot declare %s=%s".formatted(this.spec.semantic(), attribute, declared),
					"declare semantic = EFFECT or remove them");
		}
	}

}
