package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import io.theus.InitialState;
import io.theus.MergeRule;
import io.theus.engine.TheusEngine;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.schema.SchemaViolationException;
import io.theus.spring.boot.shop.Stock;
import io.theus.state.InvalidWriteException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TheusStateAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class, TheusStateAutoConfiguration.class));

	private final ApplicationContextRunner shop = this.runner
		.withInitializer((context) -> AutoConfigurationPackages
			.register((BeanDefinitionRegistry) context.getBeanFactory(), Stock.class.getPackageName()))
		.withPropertyValues("theus.state.location=classpath:shop/state.yml");

	@Test
	void stateBeginsWithDocumentsAndBeans() {
		this.shop.withBean(InitialState.class, () -> () -> Map.of("domain.stock.pear", new Stock("Pear", 5)))
			.run((context) -> {
				TheusEngine engine = context.getBean(TheusEngine.class);
				assertThat(engine.state().get("domain.stock.apple")).isEqualTo(new Stock("Apple", 3));
				assertThat(engine.state().get("domain.stock.pear.count")).isEqualTo(5);
				assertThat(engine.state().get("global.const_currency")).isEqualTo("EUR");
				assertThat(engine.state().version()).isEqualTo(1);
			});
	}

	@Test
	void stateIsLookedForInTheUsualPlace(@TempDir Path folder) throws IOException {
		Files.createDirectories(folder.resolve("theus"));
		Files.writeString(folder.resolve("theus/state.yml"), "domain: { found: true }");
		try (URLClassLoader loader = new URLClassLoader(new URL[] { folder.toUri().toURL() },
				getClass().getClassLoader())) {
			this.runner.withClassLoader(loader)
				.run((context) -> assertThat(context.getBean(TheusEngine.class).state().get("domain.found"))
					.isEqualTo(true));
		}
	}

	@Test
	void recordsOfTheApplicationAreItsSchema() {
		this.shop.run((context) -> assertThatExceptionOfType(SchemaViolationException.class)
			.isThrownBy(() -> set(context, "domain.stock.apple", "none")));
	}

	@Test
	void constraintsOfRecordsAreCheckedWhereBeanValidationIsPresent() {
		this.shop.run((context) -> set(context, "domain.stock.apple", new Stock("Apple", -1)));
		this.shop.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
			.run((context) -> assertThatExceptionOfType(SchemaViolationException.class)
				.isThrownBy(() -> set(context, "domain.stock.apple", new Stock("Apple", -1)))
				.withMessageContaining("must be greater than or equal to 0"));
	}

	@Test
	void documentsAreSchemasToo() {
		this.runner.withPropertyValues("theus.state.schema=classpath:shop/schema.yml").run((context) -> {
			set(context, "global.limit", 10);
			assertThatExceptionOfType(SchemaViolationException.class)
				.isThrownBy(() -> set(context, "global.limit", 11));
		});
	}

	@Test
	void mergeRulesAndVolatilePathsAreProperties() {
		this.runner.withBean("longest", MergeRule.class,
				() -> (stored, operand) -> (stored != null && stored.toString().length() > operand.toString().length())
						? stored : operand)
			.withPropertyValues("theus.state.merge[0].path=domain.counts.*", "theus.state.merge[0].rule=Sum",
					"theus.state.merge[1].path=domain.name", "theus.state.merge[1].rule=longest",
					"theus.state.volatile=domain.ticker,domain.sensors.*")
			.run((context) -> {
				TheusEngine engine = context.getBean(TheusEngine.class);
				engine.transact((tx) -> {
					tx.add("domain.counts.a", 1);
					tx.combine("domain.name", "longest");
					tx.combine("domain.name", "short");
					tx.set("domain.ticker", 1);
					tx.set("domain.sensors.s", 1);
					return true;
				});
				assertThat(engine.state().get("domain")).isEqualTo(
						Map.of("counts", Map.of("a", 1), "name", "longest", "ticker", 1, "sensors", Map.of("s", 1)));
				assertThat(engine.history().log("domain.ticker")).isEmpty();
				assertThat(engine.history().log("domain.sensors")).isEmpty();
				assertThatExceptionOfType(InvalidWriteException.class).isThrownBy(() -> engine.transact((tx) -> {
					tx.max("domain.counts.a", 1);
					return true;
				}));
			});
	}

	@Test
	void contentThatDoesNotFitNamesItsPlace() {
		this.shop.withPropertyValues("theus.state.location=classpath:shop/wrong-state.yml")
			.run((context) -> assertThatFailure(context).isInstanceOf(SchemaViolationException.class));
		this.shop.withPropertyValues("theus.state.location=classpath:shop/wrong-state.yml")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(InvalidYamlException.class.getName())
				.hasStackTraceContaining("wrong-state.yml"));
	}

	private static AbstractThrowableAssert<?, ?> assertThatFailure(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		return assertThat(context).getFailure().rootCause();
	}

	private static void set(AssertableApplicationContext context, String path, Object value) {
		context.getBean(TheusEngine.class).transact((tx) -> {
			tx.set(path, value);
			return true;
		});
	}

}
