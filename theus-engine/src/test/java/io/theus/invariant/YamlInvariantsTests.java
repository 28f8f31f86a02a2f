package io.theus.invariant;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.theus.AuditLevel;
import io.theus.audit.rule.AuditPolicy;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.YamlParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class YamlInvariantsTests {

	private static List<Invariant> read(String yaml) {
		return YamlInvariants.readDocument(YamlParser.parse(yaml, "audit.yml"));
	}

	private static Invariant one(String item) {
		return read("invariants:\n  - { name: x, " + item + " }\n").get(0);
	}

	@Test
	void readsAllKinds() {
		List<Invariant> read = read("""
				invariants:
				  - name: stock
				    range: { path: "domain.stock.*", min: 0, max: 1000.5 }
				    level: S
				  - name: counter
				    step: { path: domain.counter, max: 1 }
				    tick: { workflow: daily, each: iteration }
				  - name: up
				    monotonic: domain.version
				  - name: down
				    monotonic: { path: domain.left, direction: decreasing }
				  - name: money
				    sum-conserved: { paths: ["domain.accounts.*", domain.bank], except: [deposit] }
				    level: stop
				    message: money is gone
				  - name: temperature
				    rate: { path: domain.oven, max: 5, per: 1s }
				  - name: view
				    match: { writer: "domain.orders.*.total", reader: "domain.view.*", lag: 5s }
				  - name: shipping
				    order: { first: "domain.orders.*.paid", then: "domain.orders.*.shipped" }
				  - name: limit
				    expression: now.domain.a + now.domain.b <= 10
				    threshold_max: 3
				  - name: calm
				    expression: { expression: "len(window(3).domain.c) < 3 or now.domain.d", paths: ["domain.c"] }
				""");
		assertThat(read).extracting(Invariant::name)
			.containsExactly("stock", "counter", "up", "down", "money", "temperature", "view", "shipping", "limit",
					"calm");
		assertThat(read.get(0).rule().id()).isEqualTo("invariant:stock");
		assertThat(read.get(0).rule().policy().level()).isEqualTo(AuditLevel.STOP);
		assertThat(read.get(0).check()).hasToString("RangeCheck[place=domain.stock.*, min=0, max=1000.5]");
		assertThat(read.get(1).tick()).isEqualTo(Tick.iteration("daily"));
		assertThat(read.get(1).check()).hasToString("StepCheck[place=domain.counter, min=0, max=1]");
		assertThat(read.get(2).check()).hasToString("MonotonicCheck[place=domain.version, decreasing=false]");
		assertThat(read.get(3).check()).hasToString("MonotonicCheck[place=domain.left, decreasing=true]");
		assertThat(read.get(4).check())
			.hasToString("SumCheck[places=[domain.accounts.*, domain.bank], except=[deposit]]");
		assertThat(read.get(4).rule().message()).isEqualTo("money is gone");
		assertThat(read.get(5).check()).hasToString("RateCheck[place=domain.oven, max=5, per=PT1S]");
		assertThat(read.get(6).check())
			.hasToString("MatchCheck[writer=domain.orders.*.total, reader=domain.view.*, lag=PT5S]");
		assertThat(read.get(7).check())
			.hasToString("OrderCheck[first=domain.orders.*.paid, then=domain.orders.*.shipped, tick=null]");
		assertThat(read.get(8).check().places()).hasToString("[domain.a, domain.b]");
		assertThat(read.get(8).rule().policy()).isEqualTo(new AuditPolicy(AuditLevel.BLOCK, 0, 3, true));
		assertThat(read.get(9).check().places()).hasToString("[domain.c]");
	}

	@Test
	void expressionDependsOnWhatItNames() {
		assertThat(one("expression: \"len(window(3).domain.c.d) < now.domain.e['f g']\"").check().places())
			.hasToString("[domain.c.d, domain.e['f g']]");
		assertThat(one("expression: \"now.domain.m[before.domain.k] > 0\"").check().places())
			.hasToString("[domain.m, domain.k]");
	}

	@Test
	void readsTicks() {
		assertThat(one("monotonic: domain.a, tick: commit").tick()).isEqualTo(Tick.commit());
		assertThat(one("monotonic: domain.a, tick: { path: domain.time }").tick()).isEqualTo(Tick.path("domain.time"));
		assertThat(one("monotonic: domain.a, tick: { workflow: w }").tick()).isEqualTo(Tick.run("w"));
		assertThat(one("monotonic: domain.a, tick: { workflow: w, each: run }").tick()).isEqualTo(Tick.run("w"));
		assertThat(one("monotonic: domain.a, tick: { every: 5m }").tick()).isEqualTo(Tick.every(Duration.ofMinutes(5)));
		assertThat(one("monotonic: domain.a").tick()).isNull();
	}

	@Test
	void readsPoliciesOverDefaults() {
		AuditPolicy defaults = new AuditPolicy(AuditLevel.COUNT, 1, 2, false);
		assertThat(YamlInvariants.read(YamlParser.parse("[ { name: x, monotonic: domain.a } ]", "audit.yml"), defaults)
			.get(0)
			.rule()
			.policy()).isEqualTo(defaults);
		assertThat(one("monotonic: domain.a, level: Abort, max_threshold: 4, threshold-min: 3, reset_on_success: false")
			.rule()
			.policy()).isEqualTo(new AuditPolicy(AuditLevel.ABORT, 3, 4, false));
	}

	@Test
	void invariantsThatSayTheSameAreEqual() {
		List<String> said = List.of("range: { path: domain.a, min: 0 }", "range: { path: domain.b, min: 0 }",
				"range: { path: domain.a, min: 1 }", "range: { path: domain.a, max: 0 }",
				"range: { path: domain.a, min: 0 }, level: C", "range: { path: domain.a, min: 0 }, message: no",
				"monotonic: domain.a", "monotonic: domain.a, tick: { every: 1s }",
				"monotonic: { path: domain.a, direction: decreasing }", "expression: now.domain.a > 0",
				"expression: now.domain.a > 1",
				"expression: { expression: now.domain.a > 0, paths: [domain.a, domain.b] }",
				"rate: { path: domain.a, max: 5, per: 1s }", "rate: { path: domain.a, max: 5, per: 2s }",
				"match: { writer: domain.a, reader: domain.b, lag: 5s }",
				"match: { writer: domain.a, reader: domain.b, lag: 5 }",
				"sum-conserved: { paths: [domain.a, domain.b], except: [pay] }",
				"sum-conserved: { paths: [domain.a, domain.b] }", "order: { first: domain.a, then: domain.b }",
				"step: { path: domain.a, max: 1 }");
		for (String one : said) {
			for (String other : said) {
				if (one.equals(other)) {
					assertThat(one(one)).as(one).isEqualTo(one(other)).hasSameHashCodeAs(one(other));
				}
				else {
					assertThat(one(one)).as(one + " and " + other).isNotEqualTo(one(other));
				}
			}
		}
		assertThat(Invariant.named("other").increasing("domain.a")).isNotEqualTo(one("monotonic: domain.a"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					range: { path: domain.a, mim: 0 } | unknown key 'mim', did you mean 'min', known=[max, min, path]
					range: { path: domain.a } | invariant 'x' cannot be enforced: range of 'domain.a' has no bound, give min or max
					range: { min: 1 } | missing key 'path'
					range: { path: domain.a, min: 2, max: 1 } | 'domain.a' can never be right: min=2 is above max=1, exchange them
					range: { path: domain.a, min: low } | expected a number, found text 'low'
					range: { path: domain.a, min: 0 }, tick: { every: 1s } | range compares with nothing earlier, leave out the tick: tick=period PT1S
					range: { path: doman.a, min: 0 } | unknown layer 'doman', did you mean 'domain'
					range: { path: local.a, min: 0 } | path 'local.a' is in no commit, a path begins with domain, global, heavy or log
					range: { path: domain.**, min: 0 } | path 'domain.**' has more than keys and '*', write one '*' for each level
					step: { path: domain.a } | missing key 'max'
					monotonic: { path: domain.a, direction: sideways } | expected increasing or decreasing, found text 'sideways'
					sum-conserved: { paths: [] } | there is nothing to sum up, give paths
					sum-conserved: { paths: [domain.a.*, domain.*.b] } | 'domain.a.*' and 'domain.*.b' meet, name each place once
					rate: { path: domain.a, max: 0, per: 1s } | rate of 'domain.a' is not positive: max=0
					rate: { path: domain.a, max: 1, per: 0s } | rate of 'domain.a' has no time: per=PT0S, use for example 1s
					rate: { path: domain.a, max: 1, per: soon } | expected a duration such as 500ms, 10s or 5m, found text 'soon'
					match: { writer: domain.a.*, reader: domain.b, lag: 1 } | 'domain.a.*' and 'domain.b' do not correspond, write '*' equally often in both
					match: { writer: domain.a, reader: domain.b, lag: 1000 } | a lag is out of range: changes=1000, use 0 to 256
					match: { writer: domain.a, reader: domain.b } | missing key 'lag'
					order: { first: domain.a } | missing key 'then'
					expression: domain.a > 0 | unknown name 'domain', known=[before, now, window()]
					expression: now.domain.a > | expected a value, found the end
					expression: now == 1 | 'now' in 'now == 1' names no path, write for example now.domain.total, or give paths
					expression: 1 == 1 | '1 == 1' depends on no path, name one or give paths
					expression: "window(1, 2).domain.a" | 'window' takes 1 argument, found 2 arguments
					expression: now.cmd.go | path 'cmd.go' is in no commit
					monotonic: domain.a, order: { first: domain.a, then: domain.b } | an invariant has one kind, found 'monotonic' and 'order', make it two invariants
					level: B | the invariant has no kind, give one of [range, step, monotonic, sum-conserved, rate, match, order, expression]
					monotonc: domain.a | unknown key 'monotonc', did you mean 'monotonic'
					monotonic: domain.a, level: X | unknown level text 'X', known=[S (stop), A (abort), B (block), C (count), I (ignore)]
					monotonic: domain.a, threshold-max: -1 | expected a threshold, 0 or more, found -1
					monotonic: domain.a, threshold-max: 1, max_threshold: 2 | 'threshold-max' and 'max-threshold' are the same, leave one out
					monotonic: domain.a, reset-on-success: maybe | expected true or false, found text 'maybe'
					monotonic: domain.a, tick: sometimes | expected commit, or a map with path, workflow or every, found text 'sometimes'
					monotonic: domain.a, tick: { every: 1us } | a tick is too short: period=PT0.000001S, use 1 ms or more
					monotonic: domain.a, tick: { path: domain.t, workflow: w } | a tick has one of path, workflow and every, found 2 of them
					monotonic: domain.a, tick: { path: domain.t, each: run } | 'each' belongs to a workflow, leave it out
					monotonic: domain.a, tick: { workflow: w, each: step } | expected run or iteration, found text 'step'
					monotonic: domain.a, tick: { path: domian.t } | unknown layer 'domian', did you mean 'domain'
					""")
	void mistakesAreToldWithTheirPlace(String item, String problem) {
		assertThatExceptionOfType(InvalidYamlException.class).isThrownBy(() -> one(item))
			.withMessageContaining(problem)
			.satisfies((ex) -> assertThat(ex.line()).isEqualTo(2))
			.satisfies((ex) -> assertThat(ex.resource()).isEqualTo("audit.yml"));
	}

	@Test
	void namesAreTakenOnceAndNotBlank() {
		assertInvalid("invariants:\n  - { name: x, monotonic: domain.a }\n  - { name: x, monotonic: domain.b }\n",
				"the name 'x' is taken by the invariant at line 2, choose another name", 3);
		assertInvalid("invariants:\n  - { name: ' ', monotonic: domain.a }\n",
				"invariant ' ' cannot be enforced: it has no name, use a text that is not blank", 2);
		assertInvalid("invariants:\n  - { monotonic: domain.a }\n", "missing key 'name'", 2);
		assertInvalid("invariant: []\n", "unknown key 'invariant', did you mean 'invariants'", 1);
	}

	private static void assertInvalid(String yaml, String problem, int line) {
		assertThatExceptionOfType(InvalidYamlException.class).isThrownBy(() -> read(yaml))
			.withMessageContaining(problem)
			.satisfies((ex) -> assertThat(ex.line()).isEqualTo(line));
	}

}
