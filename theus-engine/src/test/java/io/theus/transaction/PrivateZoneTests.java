package io.theus.transaction;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import io.theus.TransactionContext;
import io.theus.engine.TheusEngine;
import io.theus.path.Layer;
import io.theus.path.ZoneViolationException;
import io.theus.state.NoSuchPathException;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PrivateZoneTests {

	private final TheusEngine engine = TheusEngine.builder()
		.initialState(() -> Map.of("domain.user",
				Map.of("name", "alice", "internal_pin", 4711, "deep", Map.of("internal_x", Map.of("y", 1), "z", 1))))
		.process("shop.read",
				(spec) -> spec.inputs("domain.**", "global.**")
					.outputs("global.seen")
					.argument("read", Function.class)
					.body((context, arguments) -> {
						@SuppressWarnings("unchecked")
						Function<TransactionContext, Object> read = (Function<TransactionContext, Object>) arguments
							.get("read");
						return read.apply(context);
					}))
		.build();

	private static final Map<String, Object> VISIBLE = Map.of("name", "alice", "deep", Map.of("z", 1));

	@Test
	void contextsSeeItNeitherByPathNorWithinAContainer() {
		for (Reader reader : List.<Reader>of(this.engine::transact, (read) -> this.engine.execute("read", read),
				(read) -> this.engine.transact((tx) -> this.engine.execute("read", read)))) {
			assertHidden(reader);
		}
	}

	private static void assertHidden(Reader reader) {
		assertThat(reader.read((tx) -> tx.get("domain"))).isEqualTo(Map.of("user", VISIBLE));
		assertThat(reader.read((tx) -> tx.get("domain.user"))).isEqualTo(VISIBLE);
		assertThat(reader.read((tx) -> tx.get("domain.user.deep"))).isEqualTo(Map.of("z", 1));
		assertThat(reader.read((tx) -> tx.keys("domain.user"))).isEqualTo(Set.of("name", "deep"));
		assertThat(reader.read((tx) -> tx.size("domain.user"))).isEqualTo(2);
		assertThat(reader.read((tx) -> tx.find("domain.user", Map.class).orElseThrow())).isEqualTo(VISIBLE);
		assertThat(reader.read((tx) -> tx.getOrDefault("domain.user", Map.of()))).isEqualTo(VISIBLE);
		for (String path : List.of("domain.user.internal_pin", "domain.user.deep.internal_x",
				"domain.user.deep.internal_x.y", "domain.user.internal_absent")) {
			for (Function<TransactionContext, Object> read : List.<Function<TransactionContext, Object>>of(
					(tx) -> tx.get(path), (tx) -> tx.find(path), (tx) -> tx.contains(path), (tx) -> tx.keys(path),
					(tx) -> tx.size(path), (tx) -> tx.getOrDefault(path, 1))) {
				assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> reader.read(read))
					.withMessage("READ at '" + path + "' is refused by zone PRIVATE: rights=[], "
							+ "use an administrative edit");
			}
		}
	}

	@Test
	void suggestionsDoNotTellOfIt() {
		assertThatExceptionOfType(NoSuchPathException.class)
			.isThrownBy(() -> this.engine.transact((tx) -> tx.get("domain.user.nternal_pin")))
			.withMessage("path 'domain.user.nternal_pin' not found, use find or getOrDefault if it may be absent");
		assertThatExceptionOfType(NoSuchPathException.class)
			.isThrownBy(() -> this.engine.transact((tx) -> tx.get("domain.user.nmae")))
			.withMessage("path 'domain.user.nmae' not found, did you mean 'name', use find or getOrDefault if it may "
					+ "be absent");
	}

	@Test
	void viewsOfTheStateWithinATransactionHideItToo() {
		this.engine.transact((tx) -> {
			State state = this.engine.state();
			assertThat(state.get("domain.user")).isEqualTo(VISIBLE);
			assertThat(state.view(Layer.DOMAIN)).isEqualTo(Map.of("user", VISIBLE));
			assertThat(state.toMap()).isEqualTo(Map.of("domain", Map.of("user", VISIBLE)));
			return null;
		});
	}

	@Test
	void toMapLeavesItOut() {
		assertThat(this.engine.state().toMap()).isEqualTo(Map.of("domain", Map.of("user", VISIBLE)));
		this.engine.edit("by hand", (tx) -> {
			tx.remove("domain.user.internal_pin");
			tx.set("global.internal_new", Map.of("a", 1));
			tx.set("global.internal_new.b", 2);
		});
		assertThat(this.engine.state().toMap())
			.isEqualTo(Map.of("domain", Map.of("user", VISIBLE), "global", Map.of()));
	}

	@Test
	void stateAndEditSeeIt() {
		assertThat(this.engine.state().get("domain.user.internal_pin")).isEqualTo(4711);
		assertThat(this.engine.state().keys("domain.user")).contains("internal_pin");
		assertThat(this.engine.state().view(Layer.DOMAIN).toString()).contains("internal_pin");
		this.engine.edit("by hand", (tx) -> {
			assertThat(tx.keys("domain.user")).contains("internal_pin");
			tx.update("domain.user.internal_pin", Integer.class, (pin) -> pin + 1);
		});
		assertThat(this.engine.state().get("domain.user.internal_pin")).isEqualTo(4712);
		assertThat(this.engine.metaLog().entries()).last()
			.satisfies((commit) -> assertThat(commit.origin()).hasToString("edit 'by hand'"));
	}

	@Test
	void editNeedsAReason() {
		for (String reason : List.of("", " ", "\t\n")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.engine.edit(reason, (tx) -> tx.set("domain.a", 1)))
				.withMessage("edit needs a reason: reason='', say why the state is changed by hand");
		}
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void componentOfARecordIsNotShownWithTheRecord() {
		this.engine.edit("by hand", (tx) -> tx.set("domain.account", new Account("bob", 4711)));
		assertThat(this.engine.state().toMap().get("domain"))
			.isEqualTo(Map.of("user", VISIBLE, "account", Map.of("name", "bob")));
		assertThat(this.engine.state().get("domain.account")).isEqualTo(new Account("bob", 4711));
		this.engine.transact((tx) -> {
			assertThat(tx.get("domain.account.name")).isEqualTo("bob");
			assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> tx.get("domain.account"))
				.withMessage("READ at 'domain.account.internal_pin' is refused by zone PRIVATE: rights=[], "
						+ "use an administrative edit");
			assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> tx.get("domain"));
			return null;
		});
	}

	@Test
	void stateOfAPlainMapKnowsItByName() {
		State state = State.fromMap(Map.of("domain", Map.of("a", 1, "internal_b", 2)));
		assertThat(state.get("domain.internal_b")).isEqualTo(2);
		assertThat(state.toMap()).isEqualTo(Map.of("domain", Map.of("a", 1)));
	}

	@FunctionalInterface
	private interface Reader {

		Object read(Function<TransactionContext, Object> read);

	}

	record Account(String name, int internal_pin) {

	}

}
