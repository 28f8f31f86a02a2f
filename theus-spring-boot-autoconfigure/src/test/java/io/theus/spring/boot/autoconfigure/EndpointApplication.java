package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running application with all endpoints, and what asks it over HTTP. Everybody may
 * ask; {@code admin} has the role ADMIN, {@code clerk} the role CLERK.
 */
final class EndpointApplication implements AutoCloseable {

	static final String SHOW_VALUES = "--management.endpoint.theus.show-values=always";

	private static final String KAFKA = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration";

	private static final List<String> SECURITY = Stream
		.of("SecurityAutoConfiguration", "UserDetailsServiceAutoConfiguration",
				"actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
				"web.servlet.SecurityFilterAutoConfiguration", "web.servlet.ServletWebSecurityAutoConfiguration")
		.map((name) -> "org.springframework.boot.security.autoconfigure." + name)
		.toList();

	private final ConfigurableApplicationContext context;

	private @Nullable String user;

	EndpointApplication(Class<?> configuration, String... properties) {
		this(List.of(configuration, Access.class), List.of(properties));
	}

	private EndpointApplication(List<Class<?>> configuration, List<String> properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off",
				"--management.endpoints.web.exposure.include=*", "--theus.outbox.enabled=false",
				"--theus.workflows.locations=", "--spring.autoconfigure.exclude[0]=" + KAFKA));
		arguments.addAll(properties);
		this.context = new SpringApplication(configuration.toArray(Class<?>[]::new))
			.run(arguments.toArray(String[]::new));
	}

	// As if there were no Spring Security on the class path
	static EndpointApplication unsecured(Class<?> configuration, String... properties) {
		List<String> arguments = new ArrayList<>(List.of(properties));
		for (int i = 0; i < SECURITY.size(); i++) {
			arguments.add("--spring.autoconfigure.exclude[%d]=%s".formatted(i + 1, SECURITY.get(i)));
		}
		return new EndpointApplication(List.of(configuration), arguments);
	}

	TheusEngine engine() {
		return this.context.getBean(TheusEngine.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	EndpointApplication as(@Nullable String name) {
		this.user = name;
		return this;
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send("/actuator/theus" + path, "GET", null);
	}

	HttpResponse<String> post(String path, @Nullable String body) throws IOException, InterruptedException {
		return send("/actuator/theus" + path, "POST", body);
	}

	DocumentContext json(String path) throws IOException, InterruptedException {
		return json(get(path));
	}

	HttpResponse<String> send(String path, String method, @Nullable String body)
			throws IOException, InterruptedException {
		String port = this.context.getEnvironment().getProperty("local.server.port");
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.header("Content-Type", "application/json")
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		if (this.user != null) {
			String credentials = this.user + ":" + this.user;
			request.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	static DocumentContext json(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonPath.parse(response.body());
	}

	static void assertRefused(HttpResponse<String> answer, int status, String problem) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(JsonPath.parse(answer.body()).read("$.problem", String.class)).isEqualTo(problem);
	}

	// Texts by name, as JSON
	static String request(String... entries) {
		Map<String, String> request = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			request.put(entries[i], entries[i + 1]);
		}
		return JsonPath.parse(request).jsonString();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	static class Access {

		@Bean
		SecurityFilterChain open(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.httpBasic(Customizer.withDefaults())
				.csrf(AbstractHttpConfigurer::disable)
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("admin").password("{noop}admin").roles("ADMIN").build(),
					User.withUsername("clerk").password("{noop}clerk").roles("CLERK").build());
		}

		@Bean
		SanitizingFunction passwords() {
			return SanitizingFunction.sanitizeValue().ifKeyContains("password");
		}

	}

}
