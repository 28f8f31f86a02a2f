package io.theus.schema;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.annotation.TheusState;
import io.theus.internal.yaml.YamlParser;
import io.theus.path.InvalidPathException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SchemaDeclarationTests {

	private static final String HERE = SchemaDeclarationTests.class.getName();

	private static Schema of(Class<?>... records) {
		return Schema.of(List.of(records), List.of(), null);
	}

	static Stream<Arguments> overlapping() {
		return Stream.of(arguments(Order.class, SameOrder.class, "domain.orders.*"),
				arguments(Order.class, SpecialOrder.class, "domain.orders.special"),
				arguments(Domain.class, Order.class, "domain.orders.*"),
				arguments(Order.class, OrderLines.class, "domain.orders.*.lines"),
				arguments(AnyName.class, Order.class, "domain.orders.name"),
				arguments(Domain.class, AnyName.class, "domain.*.name"));
	}

	@ParameterizedTest
	@MethodSource("overlapping")
	void placeThatIsDeclaredTwiceIsAnErrorNamingBoth(Class<?> first, Class<?> second, String place) {
		for (List<Class<?>> pair : List.of(List.<Class<?>>of(first, second), List.<Class<?>>of(second, first))) {
			assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> Schema.of(pair, List.of(), null))
				.satisfies((ex) -> {
					assertThat(ex.declarations()).containsExactlyInAnyOrder(described(first), described(second));
					assertThat(ex).hasMessage("place '%s' is declared twice: first=%s second=%s, keep one of them",
							place, ex.declarations().get(0), ex.declarations().get(1));
				});
		}
	}

	private static String described(Class<?> type) {
		return "record '%s' at '%s'".formatted(type.getName(), type.getAnnotation(TheusState.class).value());
	}

	@Test
	void documentAndRecordThatOverlapAreNamedBoth() {
		String yaml = """
				state:
				  - path: global.rate
				    type: decimal
				  - { path: domain.orders.*, type: text }
				""";
		assertThatExceptionOfType(InvalidSchemaException.class)
			.isThrownBy(() -> Schema.of(List.of(Order.class), List.of(YamlParser.parse(yaml, "schema.yml")), null))
			.withMessage("place 'domain.orders.*' is declared twice: first=" + described(Order.class)
					+ " second='schema.yml:4:13' at 'domain.orders.*', keep one of them");
	}

	@Test
	void declarationsBesideEachOtherDoNotOverlap() {
		assertThat(of(Order.class, Layer.class, Customer.class, OtherLayer.class).isEmpty()).isFalse();
		assertThat(of().isEmpty()).isTrue();
	}

	static Stream<Arguments> invalid() {
		return Stream.of(
				arguments(NotAnnotated.class, "'" + HERE + "$NotAnnotated'",
						"it must be a record annotated with @TheusState"),
				arguments(NotARecord.class, "'" + HERE + "$NotARecord'",
						"it must be a record annotated with @TheusState"),
				arguments(Deep.class, described(Deep.class),
						"the path must begin with a layer and have no '**' and no placeholders, use '*' for any key"),
				arguments(Bound.class, described(Bound.class),
						"the path must begin with a layer and have no '**' and no placeholders, use '*' for any key"),
				arguments(Anywhere.class, described(Anywhere.class),
						"the path must begin with a layer and have no '**' and no placeholders, use '*' for any key"),
				arguments(Scratch.class, described(Scratch.class), "nothing below 'local' is ever committed"),
				arguments(Emitted.class, "'" + HERE + "$Emitted.cmd_stop'",
						"what lies in zone SIGNAL is never stored, leave it out"),
				arguments(SetOfLogs.class, "'" + HERE + "$SetOfLogs.log_lines'",
						"what lies in zone LOG grows at its end, declare a List"),
				arguments(WithOptional.class, "'" + HERE + "$WithOptional.name'",
						"an Optional is never stored, declare it as @Nullable"),
				arguments(WithDate.class, "'" + HERE + "$Inner.at'",
						"type java.util.Date is mutable and never stored, use a List or a type of java.time"),
				arguments(WithArray.class, "'" + HERE + "$WithArray.all'",
						"type int[] is mutable and never stored, use a List or a type of java.time"));
	}

	@ParameterizedTest
	@MethodSource("invalid")
	void declarationThatMakesNoSenseIsAnError(Class<?> type, String declaration, String problem) {
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> of(type))
			.withMessage("schema declaration " + declaration + " is invalid: " + problem)
			.satisfies((ex) -> assertThat(ex.declarations()).containsExactly(declaration));
	}

	@Test
	void pathThatCannotBeParsedIsAnErrorWithItsPosition() {
		assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> of(Misspelt.class))
			.withMessageContaining("unknown layer 'domian', did you mean 'domain'");
	}

	@Test
	void recordThatContainsItselfIsRead() {
		assertThat(of(Tree.class).isEmpty()).isFalse();
	}

	@TheusState("domain.orders.*")
	record Order(String id) {

	}

	@TheusState("domain.orders.*")
	record SameOrder(String id) {

	}

	@TheusState("domain.orders.special")
	record SpecialOrder(String id) {

	}

	@TheusState("domain.orders.*.lines")
	record OrderLines(int count) {

	}

	@TheusState("domain")
	record Domain(Map<String, Order> orders) {

	}

	@TheusState("domain")
	record Layer(String name) {

	}

	@TheusState("domain.*.name")
	record AnyName(String first) {

	}

	@TheusState("domain.customers.*")
	record Customer(String name) {

	}

	@TheusState("global")
	record OtherLayer(String name) {

	}

	record NotAnnotated(String name) {

	}

	@TheusState("domain")
	static final class NotARecord {

	}

	@TheusState("domain.**")
	record Deep(String name) {

	}

	@TheusState("domain.{id}")
	record Bound(String name) {

	}

	@TheusState("*.name")
	record Anywhere(String name) {

	}

	@TheusState("local.draft")
	record Scratch(String name) {

	}

	@TheusState("domain.line")
	record Emitted(String cmd_stop) {

	}

	@TheusState("domain.line")
	record SetOfLogs(Set<String> log_lines) {

	}

	@TheusState("domain.line")
	record WithOptional(Optional<String> name) {

	}

	@TheusState("domain.line")
	record WithDate(List<Inner> inner) {

	}

	record Inner(Date at) {

	}

	@SuppressWarnings("ArrayRecordComponent")
	@TheusState("domain.line")
	record WithArray(int[] all) {

	}

	@TheusState("domian.x")
	record Misspelt(String name) {

	}

	@TheusState("domain.trees.*")
	record Tree(String name, List<Tree> children) {

	}

}
