package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;
import io.theus.process.ProcessListener;
import io.theus.state.State;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that a refused commit leaves no row and a rolled-back database leaves no commit,
 * on a real database.
 */
class SurroundedProcessTests {

	// The common pool may have one thread only, which one that waits would keep
	private static final Executor THREADS = (task) -> new Thread(task, "other").start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TransactionAutoConfiguration.class, ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				TheusTransactionAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "theus.conflict.base=1ms",
				"theus.conflict.max-attempts=3")
		.withUserConfiguration(DeskConfiguration.class);

	@Test
	void databaseThatFailsToCommitLeavesNoCommit() {
		run((desk) -> {
			State before = desk.engine.state();
			desk.manager.beforeDatabaseCommit = () -> {
				throw new TransactionSystemException("the database is gone");
			};
			assertThatExceptionOfType(TransactionSystemException.class).isThrownBy(() -> desk.orders.place("o-1"));
			assertThat(desk.engine.state()).isSameAs(before);
			assertThat(desk.rows()).isZero();
			assertThat(desk.engine.outbox().status().held()).isZero();
			assertThat(desk.outcomes).containsExactly("place UNDECLARED");
			desk.manager.beforeDatabaseCommit = () -> {
			};
			desk.orders.place("o-1");
			assertThat(desk.count()).isEqualTo(1);
			assertThat(desk.rows()).isEqualTo(1);
			assertThat(desk.engine.outbox().status().held()).isEqualTo(1);
		});
	}

	@Test
	void executionsInATransactionOfTheCallerAreOneCommit() {
		run((desk) -> {
			State before = desk.engine.state();
			desk.template.executeWithoutResult((status) -> {
				desk.orders.place("o-1");
				desk.orders.place("o-2");
				desk.engine.transact((transaction) -> {
					transaction.update("domain.count", Integer.class, (value) -> value * 10);
					return true;
				});
				assertThat(desk.engine.state()).as("nothing is committed yet").isSameAs(before);
				assertThat(desk.outcomes).isEmpty();
			});
			assertThat(desk.engine.state().version()).isEqualTo(before.version() + 1);
			assertThat(desk.count()).isEqualTo(20);
			assertThat(desk.rows()).isEqualTo(2);
			assertThat(desk.outcomes).containsExactly("place COMMITTED", "place COMMITTED");
		});
	}

	@Test
	void conflictSurfacesAtTheCommitOfTheCallersTransaction() {
		run((desk) -> {
			List<String> bodies = new ArrayList<>();
			assertThatExceptionOfType(ConflictException.class)
				.isThrownBy(() -> desk.template.executeWithoutResult((status) -> {
					desk.orders.place("o-1");
					bodies.add("o-1");
					desk.elsewhere((engine) -> set(engine, "domain.count", 5));
				}))
				.withMessageStartingWith("conflict on 'domain.count' in process 'orders.place'");
			assertThat(bodies).containsExactly("o-1");
			assertThat(desk.rows()).isZero();
			assertThat(desk.count()).isEqualTo(5);
			assertThat(desk.outcomes).containsExactly("place CONFLICT");
		});
	}

	@Test
	void rollBackOfTheCallerDropsEverything() {
		run((desk) -> {
			State before = desk.engine.state();
			desk.template.executeWithoutResult((status) -> {
				desk.orders.place("o-1");
				status.setRollbackOnly();
			});
			assertThat(desk.engine.state()).isSameAs(before);
			assertThat(desk.rows()).isZero();
			assertThat(desk.engine.outbox().status().held()).isZero();
		});
	}

	@Test
	void failureThatTheCallerCatchesLeavesNothingOfItsProcess() {
		run((desk) -> {
			desk.template.executeWithoutResult((status) -> {
				desk.orders.place("o-1");
				assertThatIllegalStateException().isThrownBy(desk.orders::failAfterWriting);
			});
			assertThat(desk.count()).isEqualTo(1);
		});
	}

	@Test
	void declaredFailureOfAProcessWithItsOwnTransactionLeavesNoRow() {
		run((desk) -> {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> desk.orders.refuse("o-1"))
				.withMessage("no such customer");
			assertThat(desk.rows()).isZero();
			assertThat(desk.count()).isZero();
			assertThat(desk.outcomes).containsExactly("refuse DECLARED");
		});
	}

	@Test
	void nestedTransactionThatRollsBackTakesItsPartOfTheStateWithIt() {
		run((desk) -> {
			desk.template.executeWithoutResult((status) -> {
				desk.orders.place("o-1");
				desk.nested.executeWithoutResult((inner) -> {
					desk.orders.place("o-2");
					inner.setRollbackOnly();
				});
			});
			assertThat(desk.count()).isEqualTo(1);
			assertThat(desk.rows()).isEqualTo(1);
			desk.template.executeWithoutResult((status) -> desk.nested.executeWithoutResult((inner) -> {
				desk.orders.place("o-3");
				inner.setRollbackOnly();
			}));
			assertThat(desk.count()).as("the first work of the transaction").isEqualTo(1);
		});
	}

	@Test
	void transactionOfItsOwnCommitsWhateverBecomesOfTheOuterOne() {
		run((desk) -> {
			desk.template.executeWithoutResult((status) -> {
				desk.orders.place("o-1");
				desk.separate.executeWithoutResult((inner) -> set(desk.engine, "domain.log", 7));
				assertThat(desk.engine.state().get("domain.log", Integer.class)).isEqualTo(7);
				status.setRollbackOnly();
			});
			assertThat(desk.count()).isZero();
			assertThat(desk.engine.state().get("domain.log", Integer.class)).isEqualTo(7);
		});
	}

	@Test
	void processWithATransactionOfItsOwnIsRepeatedAlsoWithinAnother() {
		run((desk) -> {
			desk.orders.interfereOnce(() -> desk.elsewhere((engine) -> set(engine, "domain.count", 5)));
			desk.template.executeWithoutResult((status) -> {
				desk.orders.placeApart("o-1");
				assertThat(desk.outcomes).containsExactly("placeApart COMMITTED");
				status.setRollbackOnly();
			});
			assertThat(desk.count()).isEqualTo(6);
			assertThat(desk.rows()).as("of the attempt that has committed").isEqualTo(1);
		});
	}

	@Test
	void keysAreHeldWhileTheDatabaseCommits() throws Exception {
		run((desk) -> {
			List<CompletableFuture<?>> others = new ArrayList<>();
			desk.manager.beforeDatabaseCommit = () -> {
				CompletableFuture<?> same = CompletableFuture.runAsync(() -> set(desk.engine, "domain.count", 50),
						THREADS);
				others.add(same);
				desk.elsewhere((engine) -> set(engine, "domain.other", 1));
				assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> same.get(50, TimeUnit.MILLISECONDS));
				assertThat(desk.count()).isZero();
			};
			desk.orders.place("o-1");
			others.get(0).join();
			assertThat(desk.count()).as("the other one came after").isEqualTo(50);
			assertThat(desk.engine.conflicts(1).line()).isEmpty();
		});
	}

	@Test
	void workAfterTheCommitIsOnItsOwn() {
		run((desk) -> {
			desk.template.executeWithoutResult((status) -> {
				desk.orders.place("o-1");
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						set(desk.engine, "domain.log", 1);
					}

				});
			});
			assertThat(desk.count()).isEqualTo(1);
			assertThat(desk.engine.state().get("domain.log", Integer.class)).isEqualTo(1);
			desk.template.executeWithoutResult((status) -> TransactionSynchronizationManager
				.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						set(desk.engine, "domain.log", 2);
					}

				}));
			assertThat(desk.engine.state().get("domain.log", Integer.class)).isEqualTo(2);
		});
	}

	@Test
	void workAfterTheCommitSeesItAndMayChangeTheSameKeys() {
		run((desk) -> {
			desk.template.executeWithoutResult((status) -> {
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public int getOrder() {
						return 0;
					}

					@Override
					public void afterCommit() {
						set(desk.engine, "domain.count", desk.count() + 10);
					}

				});
				desk.orders.place("o-1");
			});
			assertThat(desk.count()).isEqualTo(11);
		});
	}

	@Test
	void sideEffectsInOneTransactionDoNotWaitForEachOther() {
		run((desk) -> {
			desk.template.executeWithoutResult((status) -> {
				desk.orders.place("o-1");
				desk.orders.charge();
				desk.orders.charge();
				desk.separate.executeWithoutResult((inner) -> set(desk.engine, "domain.log", 1));
			});
			desk.orders.charge();
			assertThat(desk.count()).isEqualTo(301);
			assertThat(desk.engine.conflicts(1).line()).isEmpty();
		});
	}

	@Test
	void readOnlyWorkHoldsNothingAndMakesNoVersion() {
		run((desk) -> {
			State before = desk.engine.state();
			desk.template.executeWithoutResult((status) -> assertThat(desk.orders.look()).isZero());
			assertThat(desk.engine.state()).isSameAs(before);
			assertThat(desk.engine.conflicts(1).ticketsIssued()).isZero();
		});
	}

	@Test
	void joiningCanBeSwitchedOff() {
		this.runner.withPropertyValues("theus.transaction.join-spring=false")
			.run((context) -> context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				set(context.getBean(TheusEngine.class), "domain.count", 3);
				assertThat(context.getBean(TheusEngine.class).state().get("domain.count", Integer.class)).isEqualTo(3);
			}));
	}

	private void run(Consumer<Desk> test) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(new Desk(context));
		});
	}

	private static void set(TheusEngine engine, String path, int value) {
		engine.transact(TransactionOptions.named("other").withAttempts(3), (transaction) -> {
			transaction.set(path, value);
			return true;
		});
	}

	/**
	 * What a test works with.
	 */
	private static final class Desk {

		private final TheusEngine engine;

		private final Orders orders;

		private final Manager manager;

		private final TransactionTemplate template;

		private final TransactionTemplate nested;

		private final TransactionTemplate separate;

		private final List<String> outcomes;

		private final JdbcTemplate jdbc;

		Desk(AssertableApplicationContext context) {
			this.engine = context.getBean(TheusEngine.class);
			this.orders = context.getBean(Orders.class);
			this.manager = context.getBean(Manager.class);
			this.template = context.getBean(TransactionTemplate.class);
			this.nested = new TransactionTemplate(this.manager);
			this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
			this.separate = new TransactionTemplate(this.manager);
			this.separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			this.outcomes = context.getBean(Outcomes.class).seen;
			this.jdbc = context.getBean(JdbcTemplate.class);
		}

		private void elsewhere(Consumer<TheusEngine> action) {
			CompletableFuture.runAsync(() -> action.accept(this.engine), THREADS).join();
		}

		private int count() {
			return this.engine.state().get("domain.count", Integer.class);
		}

		private long rows() {
			return this.jdbc.queryForObject("select count(*) from orders", Long.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DeskConfiguration {

		@Bean
		Manager transactionManager(DataSource dataSource) {
			return new Manager(dataSource);
		}

		@Bean
		Outcomes outcomes() {
			return new Outcomes();
		}

		@Bean
		ProcessListener outcomeListener(Outcomes outcomes) {
			return (execution) -> outcomes.seen.add(execution.process().name() + " " + execution.outcome());
		}

		@Bean
		Orders orders(ProcessContext state, JdbcTemplate jdbc, TheusEngine engine) {
			jdbc.execute("create table orders (id varchar(20))");
			engine.edit("begin", (edit) -> edit.set("domain.count", 0));
			return new Orders(state, jdbc);
		}

	}

	static class Outcomes {

		private final List<String> seen = new CopyOnWriteArrayList<>();

	}

	/**
	 * Lets a test come in between the last check and the commit of the database.
	 */
	static class Manager extends DataSourceTransactionManager {

		private Runnable beforeDatabaseCommit = () -> {
		};

		Manager(DataSource dataSource) {
			super(dataSource);
			setRollbackOnCommitFailure(true);
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.beforeDatabaseCommit.run();
			super.doCommit(status);
		}

	}

	static class Orders {

		private final ProcessContext state;

		private final JdbcTemplate jdbc;

		private Runnable interference = () -> {
		};

		Orders(ProcessContext state, JdbcTemplate jdbc) {
			this.state = state;
			this.jdbc = jdbc;
		}

		@Transactional
		@Process(updates = "domain.count", sends = "orders")
		void place(String id) {
			this.jdbc.update("insert into orders (id) values (?)", id);
			this.state.update("domain.count", Integer.class, (value) -> value + 1);
			this.state.outbox().send("orders", id, id);
		}

		// A field of the proxy is not one of the bean
		void interfereOnce(Runnable action) {
			this.interference = action;
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		@Process(updates = "domain.count")
		void placeApart(String id) {
			this.jdbc.update("insert into orders (id) values (?)", id);
			this.state.update("domain.count", Integer.class, (value) -> value + 1);
			Runnable once = this.interference;
			this.interference = () -> {
			};
			once.run();
		}

		@Transactional
		@Process(updates = "domain.count", errors = IOException.class)
		void refuse(String id) throws IOException {
			this.jdbc.update("insert into orders (id) values (?)", id);
			this.state.set("domain.count", 99);
			throw new IOException("no such customer");
		}

		@Transactional
		@Process(updates = { "domain.count", "domain.log" }, sideEffects = "http:payments", timeout = "20s")
		void charge() {
			this.state.update("domain.count", Integer.class, (value) -> value + 100);
		}

		@Process(updates = "domain.count")
		void failAfterWriting() {
			this.state.set("domain.count", 99);
			throw new IllegalStateException("broken on purpose");
		}

		@Process(inputs = "domain.count")
		int look() {
			return this.state.get("domain.count", Integer.class);
		}

	}

}
