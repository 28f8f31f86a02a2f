package io.theus.expression;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EqualityTests {

	@ParameterizedTest
	@ValueSource(strings = { "None == None", "domain.nope == None", "domain.nope.deeper == None", "True == True",
			"'a' == 'a'", "domain.letter == 'x'", "'x' == domain.letter", "domain.letter is 'x'",
			"[1, 'a'] == [1.0, 'a']", "domain.list == [10, 20, 30]", "domain.order == domain.order",
			"domain.order.lines[0] == domain.orders['o-1'].lines[0]", "domain == domain", "domain.set == domain.set",
			"[domain.status] == ['NEW']", "domain.holes == [1, None]" })
	void equal(String text) {
		assertThat(Sample.test(text)).isTrue();
		assertThat(Sample.test(text.replace("==", "!=").replace(" is ", " is not "))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "None == 0", "None == False", "None == ''", "1 == True", "0 == False", "'1' == 1",
			"'' == False", "'a' == 'A'", "[1] == [2]", "[1] == [1, 1]", "[1] == 1", "domain.set == ['a', 'b']",
			"domain.order == 'o-1'", "domain.orders == domain" })
	void different(String text) {
		assertThat(Sample.test(text)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "domain.status == 'NEW'", "'NEW' == domain.status", "domain.order.status == 'NEW'",
			"domain.status != 'PAID'", "domain.id == '00000000-0000-0001-0000-000000000002'",
			"domain.link == 'https://example.org/a'", "domain.day == '2026-01-02'",
			"domain.time == '2026-01-02T03:04:05Z'", "domain.wait == 'PT5M'", "domain.currency == 'EUR'",
			"domain.locale == 'de-DE'", "domain.status != 'new'", "domain.status != 0", "domain.opaque != 'x'",
			"domain.opaque == domain.opaque" })
	void valuesWithTextFormEqualTheirText(String text) {
		assertThat(Sample.test(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "signal.cmd_stop == 'True'", "signal.get('cmd_stop') == 'True'",
			"signal['cmd_stop'] == 'True'", "'True' == signal.cmd_stop", "signal.cmd_go == 'False'",
			"signal.cmd_stop != 'False'", "cmd.stop == 'True'", "payload.ok == 'True'", "signal.cmd_stop == True",
			"signal.cmd_stop", "signal.text == 'True'", "signal.get('nope', signal.cmd_stop) == 'True'",
			"signal.cmd_stop in ['True', 'yes']", "'True' in [signal.cmd_stop]", "contains(['True'], signal.cmd_stop)",
			"(signal.cmd_stop or False) == 'True'", "(signal.cmd_stop if True else None) == 'True'",
			"signal.cmd_stop == 'True' == signal.cmd_stop", "signal.n == 1", "signal.text == True" })
	void booleansOfSignalsEqualTheirPythonText(String text) {
		assertThat(Sample.test(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "domain.yes == 'True'", "results.plan.ok == 'True'", "signal.cmd_stop == 'true'",
			"signal.cmd_stop == 'False'", "signal.n == 'True'", "True == 'True'", "domain.yes in ['True']" })
	void otherBooleansDoNot(String text) {
		assertThat(Sample.test(text)).isFalse();
	}

}
