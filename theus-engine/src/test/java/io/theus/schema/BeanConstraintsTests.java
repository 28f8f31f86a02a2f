package io.theus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.TransactionContext;
import io.theus.annotation.TheusState;
import io.theus.engine.TheusEngine;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class BeanConstraintsTests {

	private static final ValidatorFactory FACTORY = Validation.byDefaultProvider()
		.configure()
		.messageInterpolator(new ParameterMessageInterpolator())
		.buildValidatorFactory();

	private static final Validator VALIDATOR = FACTORY.getValidator();

	private final TheusEngine engine = TheusEngine.builder()
		.schema(Domain.class, Config.class)
		.constraints(new BeanConstraints(VALIDATOR))
		.build();

	@AfterAll
	static void close() {
		FACTORY.close();
	}

	private void write(Consumer<TransactionContext> body) {
		this.engine.transact((tx) -> {
			body.accept(tx);
			return null;
		});
	}

	private static Consumer<TransactionContext> set(String path, Object value) {
		return (tx) -> tx.set(path, value);
	}

	static Stream<Arguments> refused() {
		return Stream.of(arguments(set("domain.name", ""), "domain.name", "must not be blank", "java.lang.String"),
				arguments(set("domain.name", "far too long"), "domain.name", "size must be between 0 and 5",
						"java.lang.String"),
				arguments(set("domain.stock.apple", -1), "domain.stock.apple", "must be greater than 0",
						"java.lang.Long"),
				arguments(set("domain.stock", Map.of("a", 1, "b", 0)), "domain.stock.b", "must be greater than 0",
						"java.lang.Long"),
				arguments(set("domain.orders.o1.total", BigDecimal.ZERO), "domain.orders.o1.total",
						"must be greater than 0", "java.math.BigDecimal"),
				arguments(set("domain.orders.o2", order(0, 1)), "domain.orders.o2.total", "must be greater than 0",
						"java.math.BigDecimal"),
				arguments(set("domain.orders.o2", order(5, 0)), "domain.orders.o2.lines.0.quantity",
						"must be greater than 0", "java.lang.Integer"),
				arguments(set("domain.orders.o1.lines", List.of()), "domain.orders.o1.lines", "must not be empty",
						"a list"),
				arguments(set("domain.ranges.r1.from", 10), "domain.ranges.r1", "from must not be after to",
						"io.theus.schema.BeanConstraintsTests$Range"),
				arguments((Consumer<TransactionContext>) (tx) -> tx.append("domain.notes", ""), "domain.notes",
						"must not be blank", "a list"),
				arguments(set("domain.tags", Set.of("")), "domain.tags", "must not be blank", "a set"),
				arguments((Consumer<TransactionContext>) (tx) -> tx.remove("domain.needed.a"), "domain.needed",
						"must not be empty", "a map"),
				arguments(set("domain.needed.a", -1), "domain.needed.a", "must be greater than 0", "java.lang.Long"),
				arguments(set("domain.deep.a.b", 0), "domain.deep.a.b", "must be greater than 0", "java.lang.Long"));
	}

	private static Order order(long total, int quantity) {
		return new Order(BigDecimal.valueOf(total), List.of(new Line(quantity)));
	}

	@ParameterizedTest(name = "{1} {2}")
	@MethodSource("refused")
	void brokenConstraintIsAViolationAndLeavesNothing(Consumer<TransactionContext> body, String path, String constraint,
			String actual) {
		write((tx) -> {
			tx.set("domain.name", "shop");
			tx.set("domain.stock.pear", 1);
			tx.set("domain.notes", List.of("n"));
			tx.set("domain.needed", Map.of("a", 1L));
			tx.set("domain.deep.a.c", 1L);
			tx.set("domain.orders.o1", order(5, 1));
			tx.set("domain.ranges.r1", new Range(1, 2));
		});
		State before = this.engine.state();
		assertThatExceptionOfType(SchemaViolationException.class).isThrownBy(() -> write(body))
			.withMessage(
					"value at '%s' does not fit the schema: expected=%s actual=%s, store a value that keeps the constraint"
						.formatted(path, constraint, actual))
			.satisfies((ex) -> assertThat(ex.expected()).isEqualTo(constraint));
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void wrongTypeIsFoundBeforeConstraintsAreAsked() {
		assertThatExceptionOfType(SchemaViolationException.class).isThrownBy(() -> write((tx) -> {
			tx.set("domain.name", "shop");
			tx.set("domain.stock.apple", "many");
		})).withMessageContaining("expected=java.lang.Long actual=java.lang.String");
	}

	@Test
	void nullIsNoMatterOfConstraintsUnlessTheySaySo() {
		write((tx) -> tx.set("global.limit", null));
		write((tx) -> tx.set("global.limit", 5));
		assertThatExceptionOfType(SchemaViolationException.class)
			.isThrownBy(() -> write((tx) -> tx.set("global.limit", -5)));
	}

	@Test
	void constraintOnALayerAsAWholeIsAnErrorAtStartUp() {
		assertThatExceptionOfType(InvalidSchemaException.class)
			.isThrownBy(() -> Schema.of(List.of(Whole.class), List.of(), new BeanConstraints(VALIDATOR)))
			.withMessage(
					"schema declaration record 'io.theus.schema.BeanConstraintsTests$Whole' at 'domain' is invalid: "
							+ "it is stored as a map, for which a constraint on the record as a whole cannot be checked, "
							+ "put it on a component");
	}

	@TheusState("domain")
	record Domain(@NotBlank @Size(max = 5) String name, Map<String, @Positive Long> stock, Map<String, Order> orders,
			Map<String, Range> ranges, List<@NotBlank String> notes, Set<@NotBlank String> tags,
			@NotEmpty Map<String, @Positive Long> needed, Map<String, Map<String, @Positive Long>> deep) {

	}

	@TheusState("global")
	record Config(@Positive @Nullable Integer limit) {

	}

	record Order(@Positive BigDecimal total, @NotEmpty List<Line> lines) {

	}

	record Line(@Positive int quantity) {

	}

	@Ordered
	record Range(int from, int to) {

	}

	@Ordered
	@TheusState("domain")
	record Whole(int from, int to) {

	}

	@Documented
	@Constraint(validatedBy = OrderedValidator.class)
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.TYPE)
	@interface Ordered {

		String message() default "from must not be after to";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	public static class OrderedValidator implements ConstraintValidator<Ordered, Object> {

		@Override
		public boolean isValid(Object value, ConstraintValidatorContext context) {
			return !(value instanceof Range range) || range.from() <= range.to();
		}

	}

}
