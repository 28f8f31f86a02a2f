package io.theus.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.run.Run;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the dashboard against what an application really exports.
 */
class GrafanaDashboardTests {

	private static final Path DASHBOARD = Path.of("..", "docs", "grafana", "theus.json");

	private static final Pattern METRIC = Pattern.compile("\\btheus_\\w+");

	private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=");

	// What Prometheus adds when it scrapes
	private static final Set<String> ADDED = Set.of("instance");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				TheusMetricsAutoConfiguration.class, TheusObservationAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				PrometheusMetricsExportAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withPropertyValues("management.metrics.distribution.percentiles-histogram.theus.process=true",
				"theus.conflict.base=1ms", "theus.outbox.drain-timeout=0s")
		.withBean("work", Work.class);

	@Test
	void everyMetricOfTheDashboardIsExportedWithTheLabelsThatItIsGroupedBy() {
		this.runner.run((context) -> {
			doSomething(context.getBean(TheusEngine.class));
			Map<String, Set<String>> exported = exported(context.getBean(PrometheusMeterRegistry.class).scrape());
			List<String> expressions = expressions();
			assertThat(expressions).hasSizeGreaterThan(20);
			for (String expression : expressions) {
				Set<String> labels = new HashSet<>(groupedBy(expression));
				for (String metric : metrics(expression)) {
					assertThat(exported.keySet()).as(expression).contains(metric);
					assertThat(exported.get(metric)).as("%s in %s", metric, expression).containsAll(labels);
				}
			}
		});
	}

	@Test
	void everyPanelHasATitleAndAPlaceOfItsOwn() {
		List<JsonNode> panels = dashboard().get("panels").valueStream().toList();
		assertThat(panels).extracting((panel) -> panel.get("title").asString())
			.doesNotHaveDuplicates()
			.doesNotContain("");
		assertThat(panels).extracting((panel) -> panel.get("id").asInt()).doesNotHaveDuplicates();
		assertThat(panels).extracting((panel) -> panel.get("gridPos"))
			.extracting((place) -> place.get("x") + "/" + place.get("y"))
			.doesNotHaveDuplicates();
		assertThat(panels).filteredOn((panel) -> panel.has("targets"))
			.allSatisfy(
					(panel) -> assertThat(panel.get("datasource").get("uid").asString()).isEqualTo("${datasource}"));
	}

	private static void doSomething(TheusEngine engine) throws Exception {
		engine.workflows().add(WorkflowParser.parse("name: counting\nsteps: [count]", "test"));
		Run run = engine.workflows().run("counting");
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		engine.execute("conflict");
		engine.execute("send");
	}

	private static JsonNode dashboard() {
		return JsonMapper.shared().readTree(DASHBOARD);
	}

	private static List<String> expressions() {
		return dashboard().get("panels")
			.valueStream()
			.filter((panel) -> panel.has("targets"))
			.flatMap((panel) -> panel.get("targets").valueStream())
			.map((target) -> target.get("expr").asString())
			.toList();
	}

	private static List<String> metrics(String expression) {
		return METRIC.matcher(expression).results().map(MatchResult::group).toList();
	}

	private static List<String> groupedBy(String expression) {
		return BY.matcher(expression)
			.results()
			.flatMap((match) -> Stream.of(match.group(1).split(",", -1)))
			.map(String::strip)
			.filter((label) -> !ADDED.contains(label))
			.toList();
	}

	private static Map<String, Set<String>> exported(String scrape) {
		Map<String, Set<String>> labels = new HashMap<>();
		scrape.lines().filter((line) -> !line.startsWith("#")).forEach((line) -> {
			Matcher name = Pattern.compile("^\\w+").matcher(line);
			if (name.find()) {
				Set<String> known = labels.computeIfAbsent(name.group(), (metric) -> new HashSet<>());
				LABEL.matcher(line).results().map((match) -> match.group(1)).forEach(known::add);
			}
		});
		return labels;
	}

	public static class Work {

		private final ProcessContext state;

		private final TheusEngine engine;

		private boolean interfered;

		Work(ProcessContext state, TheusEngine engine) {
			this.state = state;
			this.engine = engine;
		}

		@Process(updates = "domain.count")
		public void count() {
			this.state.set("domain.count", this.state.getOrDefault("domain.count", 0L) + 1);
		}

		@Process(updates = "domain.count")
		public void conflict() throws Exception {
			long count = this.state.getOrDefault("domain.count", 0L);
			if (!this.interfered) {
				this.interfered = true;
				CompletableFuture<?> rival = new CompletableFuture<>();
				new Thread(() -> {
					this.engine.edit("rival", (tx) -> tx.set("domain.count", count + 100));
					rival.complete(null);
				}).start();
				rival.get(10, TimeUnit.SECONDS);
			}
			this.state.set("domain.count", count + 1);
		}

		@Process(sends = "topic")
		public void send() {
			this.state.outbox().send("topic", null, "text");
		}

	}

}
