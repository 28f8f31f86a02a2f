package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import io.theus.ProcessContext;
import io.theus.Propagation;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.process.PropagationException;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of processes that require a new transaction where one of Spring is running, on a
 * real database.
 */
class SurroundedPropagationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
				ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				TheusTransactionAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "theus.conflict.base=1ms",
				"theus.conflict.max-attempts=3")
		.withUserConfiguration(DeskConfiguration.class);

	@Test
	void newTransactionWithinTheOneOfTheCallerIsRefused() {
		run((context, notes) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			State before = engine.state();
			context.getBean(TransactionTemplate.class)
				.executeWithoutResult((status) -> assertThatExceptionOfType(PropagationException.class)
					.isThrownBy(notes::note)
					.withMessage("process 'notes.note' cannot run here with propagation=REQUIRES_NEW: the transaction "
							+ "that surrounds its caller may still be rolled back, give it one of its own with "
							+ "@Transactional(propagation = REQUIRES_NEW), or none with NOT_SUPPORTED")
					.satisfies((ex) -> {
						assertThat(ex.process()).isEqualTo("notes.note");
						assertThat(ex.propagation()).isEqualTo(Propagation.REQUIRES_NEW);
					}));
			assertThat(engine.state()).isSameAs(before);
			assertThat(notes.bodies()).isZero();
			notes.note();
			assertThat(count(engine, "log")).isEqualTo(1);
		});
	}

	@Test
	void joiningAnyTransactionThatTheCallerHasOpenedIsRefused() {
		run((context, notes) -> {
			TransactionTemplate template = context.getBean(TransactionTemplate.class);
			assertThatExceptionOfType(PropagationException.class)
				.isThrownBy(() -> template.executeWithoutResult((status) -> notes.noteInAny()));
			assertThatExceptionOfType(PropagationException.class)
				.isThrownBy(() -> context.getBean(Orders.class).place(notes::noteInAny));
			assertThat(rows(context)).isZero();
			notes.noteInAny();
			assertThat(rows(context)).isEqualTo(1);
		});
	}

	@Test
	void newTransactionsOfBothKindsCommitTogetherWhateverBecomesOfTheCaller() {
		run((context, notes) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Orders.class).place(() -> {
				notes.noteApart(() -> {
				});
				throw new IllegalStateException("broken on purpose");
			}));
			assertThat(count(engine, "log")).isEqualTo(1);
			assertThat(count(engine, "orders")).isZero();
			assertThat(rows(context)).as("the note, not the order").isEqualTo(1);
		});
	}

	@Test
	void newTransactionsOfBothKindsAreRepeatedTogether() {
		run((context, notes) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			AtomicInteger interferences = new AtomicInteger();
			context.getBean(Orders.class).place(() -> notes.noteApart(() -> {
				if (interferences.incrementAndGet() < 3) {
					CompletableFuture.runAsync(() -> engine.transact((tx) -> {
						tx.update("domain.log", Integer.class, (value) -> value + 1);
						return true;
					}), (task) -> new Thread(task, "other").start()).join();
				}
			}));
			assertThat(count(engine, "log")).isEqualTo(3);
			assertThat(count(engine, "orders")).isEqualTo(1);
			assertThat(rows(context)).as("one note and one order").isEqualTo(2);
		});
	}

	@Test
	void declaredFailureOfANewTransactionLeavesNoRow() {
		run((context, notes) -> {
			context.getBean(Orders.class)
				.place(() -> assertThatExceptionOfType(IOException.class).isThrownBy(notes::refuseApart));
			assertThat(rows(context)).as("the order, not the note").isEqualTo(1);
			assertThat(count(context.getBean(TheusEngine.class), "log")).isZero();
		});
	}

	@Test
	void newTransactionWithoutADatabaseCommitsByItself() {
		run((context, notes) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				notes.noteOutside();
				status.setRollbackOnly();
			});
			assertThat(count(engine, "log")).isEqualTo(1);
		});
	}

	@Test
	void newTransactionIsTheEnginesAffairWhereJoiningIsSwitchedOff() {
		this.runner.withPropertyValues("theus.transaction.join-spring=false").run((context) -> {
			Notes notes = context.getBean(Notes.class);
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				notes.note();
				status.setRollbackOnly();
			});
			assertThat(count(context.getBean(TheusEngine.class), "log")).isEqualTo(1);
		});
	}

	private void run(BiConsumer<ApplicationContext, Notes> test) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context, context.getBean(Notes.class));
		});
	}

	private static int count(TheusEngine engine, String key) {
		return engine.state().get("domain." + key, Integer.class);
	}

	private static long rows(ApplicationContext context) {
		return context.getBean(JdbcTemplate.class).queryForObject("select count(*) from entries", Long.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class DeskConfiguration {

		@Bean
		Notes notes(ProcessContext state, JdbcTemplate jdbc, TheusEngine engine) {
			jdbc.execute("create table entries (text varchar(20))");
			engine.edit("begin", (edit) -> {
				edit.set("domain.log", 0);
				edit.set("domain.orders", 0);
			});
			return new Notes(state, jdbc);
		}

		@Bean
		Orders orders(ProcessContext state, JdbcTemplate jdbc) {
			return new Orders(state, jdbc);
		}

	}

	static class Orders {

		private final ProcessContext state;

		private final JdbcTemplate jdbc;

		Orders(ProcessContext state, JdbcTemplate jdbc) {
			this.state = state;
			this.jdbc = jdbc;
		}

		@Transactional
		@Process(updates = "domain.orders")
		void place(Runnable then) {
			this.jdbc.update("insert into entries (text) values ('order')");
			this.state.update("domain.orders", Integer.class, (value) -> value + 1);
			then.run();
		}

	}

	static class Notes {

		private final ProcessContext state;

		private final JdbcTemplate jdbc;

		private final AtomicInteger bodies = new AtomicInteger();

		Notes(ProcessContext state, JdbcTemplate jdbc) {
			this.state = state;
			this.jdbc = jdbc;
		}

		int bodies() {
			return this.bodies.get();
		}

		private void add() {
			this.bodies.incrementAndGet();
			this.state.update("domain.log", Integer.class, (value) -> value + 1);
		}

		@Process(updates = "domain.log", propagation = Propagation.REQUIRES_NEW)
		void note() {
			add();
		}

		@Transactional
		@Process(updates = "domain.log", propagation = Propagation.REQUIRES_NEW)
		void noteInAny() {
			this.jdbc.update("insert into entries (text) values ('note')");
			add();
		}

		@Transactional(propagation = org.springframework.transaction.annotation.Propagation.REQUIRES_NEW)
		@Process(updates = "domain.log", propagation = Propagation.REQUIRES_NEW)
		void noteApart(Runnable then) {
			this.jdbc.update("insert into entries (text) values ('note')");
			add();
			then.run();
		}

		@Transactional(propagation = org.springframework.transaction.annotation.Propagation.REQUIRES_NEW)
		@Process(updates = "domain.log", propagation = Propagation.REQUIRES_NEW, errors = IOException.class)
		void refuseApart() throws IOException {
			this.jdbc.update("insert into entries (text) values ('note')");
			add();
			throw new IOException("no such customer");
		}

		@Transactional(propagation = org.springframework.transaction.annotation.Propagation.NOT_SUPPORTED)
		@Process(updates = "domain.log", propagation = Propagation.REQUIRES_NEW)
		void noteOutside() {
			add();
		}

	}

}
