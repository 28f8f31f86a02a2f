package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.audit.AuditAbortException;
import io.theus.audit.AuditBlockException;
import io.theus.audit.AuditEntry;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.audit.recipe.InvalidAuditRecipeException;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class TheusAuditAutoConfigurationTests {

	private static final String MOST_10 = "processes: { price: { inputs: [ { field: cents, max: 10 } ] } }";

	private static final String MOST_20 = "processes: { price: { inputs: [ { field: cents, max: 20 } ] } }";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				TheusAuditAutoConfiguration.class))
		.withUserConfiguration(Prices.class);

	@TempDir
	private Path folder;

	private ApplicationContextRunner with(String recipe) throws IOException {
		return this.runner.withPropertyValues("theus.audit.location=" + write(recipe).toUri());
	}

	// At once, as nobody should read a half of it
	private Path write(String recipe) throws IOException {
		Path file = this.folder.resolve("audit.yml");
		Path draft = Files.writeString(this.folder.resolve("draft.yml"), recipe);
		return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

	private static boolean accepts(TheusEngine engine, long cents) {
		try {
			engine.execute("price", "apple", cents);
			return true;
		}
		catch (AuditBlockException ex) {
			return false;
		}
	}

	@Test
	void recipeHoldsForEveryWayOfCalling() throws IOException {
		with(MOST_10).run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			Prices.Shop shop = context.getBean(Prices.Shop.class);
			assertThat(shop.price("apple", 10)).isEqualTo(10);
			assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> shop.price("apple", 11));
			assertThatExceptionOfType(AuditBlockException.class)
				.isThrownBy(() -> engine.execute("price", Map.of("name", "apple", "cents", 11L)));
			assertThat(accepts(engine, 11)).isFalse();
			assertThat(engine.state().get("domain.prices.apple", Long.class)).isEqualTo(10);
		});
	}

	@Test
	void valueThatIsReturnedIsAnOutput() throws IOException {
		with("processes: { shop.price: { outputs: [ { field: 'domain.prices.*', max: 5, level: A } ] } }")
			.run((context) -> assertThatExceptionOfType(AuditAbortException.class)
				.isThrownBy(() -> context.getBean(Prices.Shop.class).price("apple", 6))
				.satisfies((ex) -> assertThat(ex.path()).isEqualTo("domain.prices.apple")));
	}

	@Test
	void recipeIsLookedForInTheUsualPlace() throws IOException {
		Files.createDirectories(this.folder.resolve("theus"));
		Files.writeString(this.folder.resolve("theus/audit.yml"), MOST_10);
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.folder.toUri().toURL() },
				getClass().getClassLoader())) {
			this.runner.withClassLoader(loader)
				.run((context) -> assertThat(accepts(context.getBean(TheusEngine.class), 11)).isFalse());
		}
	}

	@Test
	void recipeNeedNotExistInTheUsualPlace() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(TheusEngine.class).audit().rules()).isEmpty();
		});
	}

	@Test
	void recipeThatIsNamedHasToExist() {
		this.runner.withPropertyValues("theus.audit.location=classpath*:nowhere/audit.yml")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidTheusPropertyException.class)
				.hasMessage("property 'theus.audit.location' is invalid: "
						+ "location 'classpath*:nowhere/audit.yml' not found, name a file that exists"));
		this.runner.withPropertyValues("theus.audit.location=file:/nowhere/audit.yml")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidTheusPropertyException.class)
				.hasMessageStartingWith("property 'theus.audit.location' is invalid: "
						+ "location 'file:/nowhere/audit.yml' cannot be read"));
	}

	@Test
	void beansAreRecipesToo() throws IOException {
		AuditRecipe bean = AuditRecipe.builder()
			.process("price", (price) -> price.input("cents", (cents) -> cents.max(10)))
			.build();
		this.runner.withBean(AuditRecipe.class, () -> bean)
			.run((context) -> assertThat(accepts(context.getBean(TheusEngine.class), 11)).isFalse());
		with(MOST_10).withBean(AuditRecipe.class, () -> bean)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidAuditRecipeException.class)
				.hasMessageContaining("process 'shop.price' has two recipes"));
	}

	@Test
	void recipeThatCannotBeEnforcedFailsTheStart() throws IOException {
		with("processes: { prices: {} }").run((context) -> assertThat(context).getFailure()
			.isInstanceOf(InvalidAuditRecipeException.class)
			.hasMessageContaining("process 'prices' not found, did you mean 'price'")
			.hasMessageContaining("line=1, column=14"));
	}

	@Test
	void rulesAreNotInForceWhereAuditIsDisabled() throws IOException {
		with(MOST_10).withPropertyValues("theus.audit.enabled=false")
			.run((context) -> assertThat(accepts(context.getBean(TheusEngine.class), 11)).isTrue());
	}

	@Test
	void propertyBeatsTheCapacityOfTheRecipe() throws IOException {
		ApplicationContextRunner recipe = with("audit: { capacity: 7 }");
		recipe.run((context) -> assertThat(capacity(context.getBean(TheusEngine.class))).isEqualTo(7));
		recipe.withPropertyValues("theus.audit.capacity=9")
			.run((context) -> assertThat(capacity(context.getBean(TheusEngine.class))).isEqualTo(9));
		this.runner.run((context) -> assertThat(capacity(context.getBean(TheusEngine.class))).isEqualTo(1000));
	}

	private static int capacity(TheusEngine engine) {
		return engine.audit().trail().capacity();
	}

	@Test
	void changedRecipeIsPutInForceAndABadOneIsNot(CapturedOutput output) throws IOException {
		with(MOST_10).withPropertyValues("theus.audit.reload=true", "theus.audit.reload-interval=20ms")
			.run((context) -> {
				TheusEngine engine = context.getBean(TheusEngine.class);
				assertThat(accepts(engine, 11)).isFalse();
				write(MOST_20);
				await(() -> assertThat(accepts(engine, 11)).isTrue());
				write("processes:\n  price:\n    inputs:\n      - { field: cent, max: 5 }\n");
				await(() -> assertThat(output)
					.contains("Audit recipe is not in force, the one before stays: invalid audit recipe: "
							+ "process 'shop.price' has no argument 'cent', did you mean 'cents'")
					.contains("line=4, column=18"));
				assertThat(accepts(engine, 20)).isTrue();
				assertThat(accepts(engine, 21)).isFalse();
				write("processes: [");
				await(() -> assertThat(output).contains("the one before stays: invalid YAML"));
				Files.delete(this.folder.resolve("audit.yml"));
				await(() -> assertThat(output).contains("the one before stays: property 'theus.audit.location'"));
				assertThat(accepts(engine, 21)).isFalse();
				write(MOST_10);
				await(() -> assertThat(accepts(engine, 11)).isFalse());
				assertThat(engine.audit().trail().entries())
					.filteredOn((entry) -> entry.kind() == AuditEntry.Kind.RELOAD)
					.hasSize(2);
				String failed = "recipes are not in force, those before stay: ";
				assertThat(engine.audit().trail().entries())
					.filteredOn((entry) -> entry.kind() == AuditEntry.Kind.RELOAD_FAILED)
					.extracting(AuditEntry::message)
					.satisfiesExactly(
							(message) -> assertThat(message)
								.startsWith(
										failed + "invalid audit recipe: process 'shop.price' has no argument 'cent'")
								.endsWith("line=4, column=18"),
							(message) -> assertThat(message).startsWith(failed + "invalid YAML")
								.endsWith("line=1, column=13"),
							(message) -> assertThat(message)
								.startsWith(failed + "property 'theus.audit.location' is invalid"));
			});
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
	}

	@Configuration(proxyBeanMethods = false)
	static class Prices {

		@Bean
		Shop shop() {
			return new Shop();
		}

		static class Shop {

			@Process(outputs = "domain.prices.{name}")
			@Output("domain.prices.{name}")
			long price(String name, long cents) {
				return cents;
			}

		}

	}

}
