package io.theus.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
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
		if (!this.values.isEmpty()) {
			environment.getPropertySources()
				.addLast(new OriginTrackedMapPropertySource("theusEnvironment", this.values, true));
		}
	}

	private void honour(ConfigurableEnvironment environment, String variable, String property, String unit) {
		String value = environment.getProperty(variable);
		boolean set = Binder.get(environment).bind(property, Bindable.of(String.class)).isBound();
		if (value != null && !set) {
			this.values.put(property,
					OriginTrackedValue.of(withUnit(value.trim(), unit), new SystemEnvironmentOrigin(variable)));
		}
	}

	// What has a unit already keeps it
	private static String withUnit(String value, String unit) {
		return value.chars().allMatch(Character::isDigit) ? value + unit : value;
	}

}
