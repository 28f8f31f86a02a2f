package io.theus.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Honours the environment variables of Theus for Python where the property that means the
 * same is not set.
 */
final class TheusEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String MODE = "theus.parallel.mode";

	private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

	// After configuration files have been read
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		honour(environment, "THEUS_WRITE_TIMEOUT_MS", "theus.process.timeout", "ms");
		honour(environment, "THEUS_MAX_LOOPS", "theus.workflows.max-ops", "");
		honour(environment, "THEUS_FLUX_DEBUG", "theus.workflows.debug", "");
		honour(environment, "THEUS_HEAP_SIZE", "theus.heavy.capacity", "MB");
		honour(environment, "THEUS_POOL_SIZE", "theus.parallel.pool-size", "");
		honourWorkers(environment);
		if (!this.values.isEmpty()) {
			environment.getPropertySources()
				.addLast(new OriginTrackedMapPropertySource("theusEnvironment", this.values, true));
		}
	}

	private void honour(ConfigurableEnvironment environment, String variable, String property, String unit) {
		String value = environment.getProperty(variable);
		if (value != null && !isSet(environment, property)) {
			this.values.put(property,
					OriginTrackedValue.of(withUnit(value.trim(), unit), new SystemEnvironmentOrigin(variable)));
		}
	}

	private void honourWorkers(ConfigurableEnvironment environment) {
		String variable = "THEUS_USE_PROCESSES";
		String value = environment.getProperty(variable);
		if (value != null && !isSet(environment, MODE)) {
			String mode = switch (value.trim().toLowerCase(Locale.ROOT)) {
				case "1", "true", "yes", "on" -> "processes";
				case "", "0", "false", "no", "off" -> "threads";
				default -> throw new InvalidTheusPropertyException(variable,
						new IllegalArgumentException(
								"value '%s' is neither 1 nor 0, set 1 to run parallel processes in worker processes"
									.formatted(value)));
			};
			this.values.put(MODE, OriginTrackedValue.of(mode, new SystemEnvironmentOrigin(variable)));
		}
	}

	private static boolean isSet(ConfigurableEnvironment environment, String property) {
		return Binder.get(environment).bind(property, Bindable.of(String.class)).isBound();
	}

	// What has a unit already keeps it
	private static String withUnit(String value, String unit) {
		return value.chars().allMatch(Character::isDigit) ? value + unit : value;
	}

}
