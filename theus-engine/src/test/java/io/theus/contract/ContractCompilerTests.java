package io.theus.contract;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.theus.Semantic;
import io.theus.path.ZoneDeclarations;
import io.theus.path.Zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ContractCompilerTests {

	private static final Zones ZONES = new Zones(ZoneDeclarations.NONE);

	@Test
	void unknownLayerIsRefusedWithASuggestion() {
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> compile(List.of("domian.a"), List.of()))
			.withMessage("process 'shop.run' is declared wrongly: input 'domian.a' is no pattern at position=0, "
					+ "unknown layer 'domian', did you mean 'domain', a path begins with domain, global or local")
			.satisfies((ex) -> {
				assertThat(ex.process()).isEqualTo("shop.run");
				assertThat(ex.problem()).isEqualTo("input 'domian.a' is no pattern at position=0");
				assertThat(ex.action()).isEqualTo(
						"unknown layer 'domian', did you mean 'domain', a path begins with domain, global or local");
			});
	}

	@Test
	void badPatternNamesItsPosition() {
		refused("output 'domain..a' is no pattern at position=7, a segment is missing", List.of(),
				List.of("domain..a"));
		refused("input 'domain.a*' is no pattern at position=7, '*' stands for a whole segment and cannot be part of "
				+ "'a*', use '*' or quote the key", List.of("domain.a*"), List.of());
	}

	@Test
	void placeholderNeedsASource() {
		refused("placeholder '{nmae}' in input 'domain.{nmae}' has no source, did you mean 'name', name an argument or an "
				+ "@Input parameter: available=[name]", List.of("domain.{nmae}"), List.of());
		refused("placeholder '{cmd.id}' in output 'domain.{cmd.id}.x' has no source, name an argument or an @Input "
				+ "parameter: available=[name]", List.of(), List.of("domain.{cmd.id}.x"));
	}

	@Test
	void variableMustExist() {
		refused("placeholder '{@tenant}' in input 'domain.{@tenant}' has no source, define a ContractVariable of that "
				+ "name: available=[name]", List.of("domain.{@tenant}"), List.of());
		refusedWithTenant("placeholder '{@tenat}' in output 'domain.{@tenat}.x' has no source, did you mean '@tenant', "
				+ "define a ContractVariable of that name: available=[name, @tenant]", "domain.{@tenat}.x");
		refusedWithTenant("placeholder '{tenant}' in output 'domain.{tenant}' has no source, did you mean '@tenant', "
				+ "name an argument or an @Input parameter: available=[name, @tenant]", "domain.{tenant}");
		refusedWithTenant(
				"placeholder '{@name}' in output 'domain.{@name}' has no source, did you mean 'name', define a "
						+ "ContractVariable of that name: available=[name, @tenant]",
				"domain.{@name}");
	}

	@Test
	void variableHasNoComponents() {
		refusedWithTenant(
				"placeholder '{@tenant.id}' in output 'domain.{@tenant.id}' has no source, did you mean "
						+ "'@tenant', define a ContractVariable of that name: available=[name, @tenant]",
				"domain.{@tenant.id}");
	}

	private static void refusedWithTenant(String problemAndAction, String output) {
		ContractSpec spec = new ContractSpec("shop.run", Semantic.EFFECT, List.of(), List.of(output), List.of(),
				List.of(), List.of(), List.of(), List.of(), List.of(), new LinkedHashSet<>(List.of("name", "@tenant")),
				true);
		assertThatExceptionOfType(InvalidContractException.class).isThrownBy(() -> Contract.compile(spec, ZONES))
			.withMessage("process 'shop.run' is declared wrongly: " + problemAndAction);
	}

	@Test
	void privateZoneCannotBeDeclared() {
		for (Semantic semantic : Semantic.values()) {
			for (String pattern : List.of("domain.internal_x", "domain.internal_x.*", "domain.*.internal_x")) {
				assertThatExceptionOfType(InvalidContractException.class)
					.isThrownBy(() -> compile(semantic, List.of(pattern), List.of(), true))
					.withMessage(
							"process 'shop.run' is declared wrongly: input '%s' lies in zone PRIVATE, no process can "
									+ "read it, remove it",
							pattern);
				assertThatExceptionOfType(InvalidContractException.class)
					.isThrownBy(() -> compile(semantic, List.of(), List.of(pattern), true))
					.withMessage(
							"process 'shop.run' is declared wrongly: output '%s' lies in zone PRIVATE, which nobody "
									+ "writes: rights=[], remove it from outputs and updates",
							pattern);
			}
		}
	}

	@Test
	void constantsAndSignalsCannotBeOutputs() {
		refused("output 'domain.const_x' lies in zone CONSTANT, which nobody writes: rights=[READ], remove it from outputs "
				+ "and updates", List.of(), List.of("domain.const_x"));
		for (String signal : List.of("signal.x", "domain.sig_x", "cmd.*", "domain.cmd_x.y")) {
			refused("output '%s' lies in zone SIGNAL, which nobody writes: rights=[READ, EMIT], declare the topic in emits"
				.formatted(signal), List.of(), List.of(signal));
		}
		compile(List.of("domain.const_x"), List.of());
	}

	@Test
	void factsOfTheEngineCannotBeOutputs() {
		for (String fact : List.of("meta.engine", "meta.engine.node", "meta.engine.*", "meta['engine'].{name}")) {
			refused("output '%s' names what the engine computes, remove it from outputs, name it in inputs to read it"
				.formatted(fact), List.of(), List.of(fact));
		}
		compile(List.of(), List.of("meta.engines", "meta.*", "meta.**", "domain.engine"));
	}

	@Test
	void pureProcessCannotWriteMeta() {
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> compile(Semantic.PURE, List.of(), List.of("meta.x"), true))
			.withMessage(
					"process 'shop.run' is declared wrongly: output 'meta.x' lies in zone META: a PURE process does "
							+ "not write META, change the semantic or remove it from outputs and updates");
	}

	@Test
	void topicThatIsNoneIsRefused() {
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(
					() -> Contract.compile(spec(Semantic.EFFECT, List.of(), List.of(), List.of("sig a"), true), ZONES))
			.withMessage(
					"process 'shop.run' is declared wrongly: emits=[sig a]: invalid topic pattern 'sig a': position=3, "
							+ "use letters, digits, '.', '_', '-' and '*', correct the topic");
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> Contract.compile(
					new ContractSpec("shop.run", Semantic.EFFECT, List.of(), List.of(), List.of(),
							List.of("orders", "a/b"), List.of(), List.of(), List.of(), List.of(), Set.of(), true),
					ZONES))
			.withMessage("process 'shop.run' is declared wrongly: sends=[orders, a/b]: invalid topic pattern 'a/b': "
					+ "position=1, use letters, digits, '.', '_', '-' and '*', correct the topic");
	}

	@Test
	void equalPatternsCountOnce() {
		Contract contract = compile(List.of("domain.a", "domain.b", "domain.a"), List.of("domain['c']", "domain.c"));
		assertThat(contract.inputs()).extracting(Object::toString).containsExactly("domain.a", "domain.b");
		assertThat(contract.outputs()).hasSize(1);
		assertThat(contract.process()).isEqualTo("shop.run");
		assertThat(contract.semantic()).isEqualTo(Semantic.EFFECT);
		assertThat(contract.hasSideEffects()).isFalse();
	}

	@Test
	void declaredErrorCoversItsSubclasses() {
		Contract contract = compile(List.of(), List.of());
		assertThat(contract.declares(new IllegalArgumentException())).isTrue();
		assertThat(contract.declares(new NumberFormatException())).isTrue();
		assertThat(contract.declares(new RuntimeException())).isFalse();
	}

	private static Contract compile(List<String> inputs, List<String> outputs) {
		return compile(Semantic.EFFECT, inputs, outputs, true);
	}

	private static Contract compile(Semantic semantic, List<String> inputs, List<String> outputs, boolean strict) {
		return Contract.compile(spec(semantic, inputs, outputs, List.of(), strict), ZONES);
	}

	private static ContractSpec spec(Semantic semantic, List<String> inputs, List<String> outputs, List<String> emits,
			boolean strict) {
		return new ContractSpec("shop.run", semantic, inputs, outputs, emits, List.of(), List.of(), List.of(),
				List.of(), List.of(IllegalArgumentException.class), Set.of("name"), strict);
	}

	private static void refused(String problemAndAction, List<String> inputs, List<String> outputs) {
		assertThatExceptionOfType(InvalidContractException.class).isThrownBy(() -> compile(inputs, outputs))
			.withMessage("process 'shop.run' is declared wrongly: " + problemAndAction);
	}

}
