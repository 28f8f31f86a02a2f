package io.theus.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import io.theus.AuditLevel;
import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.audit.Audit;
import io.theus.audit.AuditAbortException;
import io.theus.audit.AuditBlockException;
import io.theus.audit.AuditEntry;
import io.theus.audit.AuditStopException;
import io.theus.audit.EngineStoppedException;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;
import io.theus.spring.TheusEngineCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Audited processes as parts of transactions of Spring, with a real database.
 */
class AuditedTransactionTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TransactionAutoConfiguration.class, TheusTransactionAutoConfiguration.class,
				ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true")
		.withUserConfiguration(ShopConfiguration.class);

	private void run(AuditRecipe[] recipes, Consumer<Parts> test) {
		List<String> ended = new ArrayList<>();
		this.runner.withBean("recipes", TheusEngineCustomizer.class, () -> TestRecipes.enforced(recipes))
			.withBean("listener", TheusEngineCustomizer.class,
					() -> (builder) -> builder.processListener(
							(execution) -> ended.add(execution.process().id() + " " + execution.outcome())))
			.run((context) -> test.accept(new Parts(context.getBean(TheusEngine.class), context.getBean(Shop.class),
					context.getBean(JdbcTemplate.class),
					new TransactionTemplate(context.getBean(PlatformTransactionManager.class)), ended)));
	}

	private static AuditRecipe[] rules(AuditRecipe... recipes) {
		return recipes;
	}

	@Test
	void toleratedViolationsCountOnceWithTheCommit() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.COUNT, 0),
				TestRecipes.number("shop.pay", "domain.paid", AuditLevel.BLOCK, 3)), (parts) -> {
					parts.within(() -> {
						parts.shop.order("bad-1");
						parts.shop.pay(101);
						assertThat(parts.audit().counts()).isEmpty();
						assertThat(parts.audit().trail().entries()).isEmpty();
					});
					assertThat(parts.audit().counts()).containsOnly(Map.entry("shop.order:input:id", 1L),
							Map.entry("shop.pay:output:domain.paid", 1L));
					assertThat(parts.audit().trail().entries()).hasSize(2)
						.extracting(AuditEntry::version)
						.containsOnly(parts.engine.state().version());
					assertThat(parts.rows()).isEqualTo(2);
				});
	}

	@Test
	void toleratedViolationsCountOnceWithTheRollBack() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.COUNT, 0),
				TestRecipes.number("shop.pay", "amount", AuditLevel.COUNT, 0)), (parts) -> {
					assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> parts.within(() -> {
						parts.shop.order("bad-1");
						parts.shop.pay(101);
						throw new IllegalStateException("changed my mind");
					}));
					assertThat(parts.audit().counts()).containsEntry("shop.order:input:id", 1L)
						.containsEntry("shop.pay:input:amount", 1L);
					assertThat(parts.audit().trail().entries()).extracting(AuditEntry::version).containsOnlyNulls();
					assertThat(parts.rows()).isZero();
				});
	}

	@Test
	void refusalThatTheCallerCatchesCountsOnceAndTheRestCommits() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.BLOCK, 0),
				TestRecipes.number("shop.pay", "amount", AuditLevel.COUNT, 0)), (parts) -> {
					parts.within(() -> {
						parts.shop.pay(101);
						assertThatExceptionOfType(AuditBlockException.class)
							.isThrownBy(() -> parts.shop.order("bad-1"));
					});
					assertThat(parts.audit().counts()).containsEntry("shop.order:input:id", 1L)
						.containsEntry("shop.pay:input:amount", 1L);
					assertThat(parts.engine.state().get("domain.paid", Integer.class)).isEqualTo(101);
					assertThat(parts.violations("shop.order:input:id")).containsExactly((Long) null);
					assertThat(parts.violations("shop.pay:input:amount"))
						.containsExactly(parts.engine.state().version());
				});
	}

	@Test
	void outputGateRefusesWhenTheProcessReturnsAndLeavesNothingOfIt() {
		run(rules(TestRecipes.number("shop.pay", "domain.paid", AuditLevel.BLOCK, 0),
				TestRecipes.text("shop.order", "domain.order", AuditLevel.COUNT, 0)), (parts) -> {
					parts.within(() -> {
						parts.shop.order("bad-1");
						assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> parts.shop.pay(101));
					});
					assertThat(parts.engine.state().contains("domain.order")).isTrue();
					assertThat(parts.audit().counts()).containsEntry("shop.pay:output:domain.paid", 1L)
						.containsEntry("shop.order:output:domain.order", 1L);
					assertThat(parts.engine.state().contains("domain.paid")).isFalse();
					assertThat(parts.violations("shop.order:output:domain.order"))
						.containsExactly(parts.engine.state().version());
					assertThat(parts.violations("shop.pay:output:domain.paid")).containsExactly((Long) null);
				});
	}

	@Test
	void outputGateOfAProcessWithATransactionOfItsOwnRollsTheDatabaseBack() {
		run(rules(TestRecipes.number("shop.checkout", "domain.paid", AuditLevel.BLOCK, 0)), (parts) -> {
			assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> parts.shop.checkout(101));
			assertThat(parts.rows()).isZero();
			assertThat(parts.engine.state().contains("domain.paid")).isFalse();
			assertThat(parts.audit().counts()).containsEntry("shop.checkout:output:domain.paid", 1L);
			parts.shop.checkout(7);
			assertThat(parts.rows()).isEqualTo(1);
		});
	}

	@Test
	void abortThatTheCallerCatchesStillRollsEverythingBack() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.ABORT, 0)), (parts) -> {
			assertThatExceptionOfType(AuditAbortException.class).isThrownBy(() -> parts.within(() -> {
				parts.shop.pay(5);
				assertThatExceptionOfType(AuditAbortException.class).isThrownBy(() -> parts.shop.order("bad-1"));
			}));
			assertThat(parts.rows()).isZero();
			assertThat(parts.engine.state().contains("domain.paid")).isFalse();
			assertThat(parts.audit().counts()).containsEntry("shop.order:input:id", 1L);
		});
	}

	@Test
	void stopWithinATransactionRefusesItsCommit() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.STOP, 0)), (parts) -> {
			assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> parts.within(() -> {
				parts.shop.pay(5);
				assertThatExceptionOfType(AuditStopException.class).isThrownBy(() -> parts.shop.order("bad-1"));
				assertThat(parts.audit().stop())
					.hasValueSatisfying((stop) -> assertThat(stop.origin()).isEqualTo("process 'shop.order'"));
			}));
			assertThat(parts.rows()).isZero();
			assertThat(parts.engine.state().contains("domain.paid")).isFalse();
			assertThat(parts.audit().counts()).containsEntry("shop.order:input:id", 1L);
		});
	}

	@Test
	void suspendedTransactionHasNothingToDoWithTheOther() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.COUNT, 0),
				TestRecipes.number("shop.pay", "amount", AuditLevel.COUNT, 0)), (parts) -> {
					assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> parts.within(() -> {
						parts.shop.pay(101);
						parts.apart(() -> parts.shop.order("bad-1"));
						assertThat(parts.audit().counts()).containsExactly(Map.entry("shop.order:input:id", 1L));
						throw new IllegalStateException("outer fails");
					}));
					assertThat(parts.violations("shop.order:input:id")).containsExactly(1L);
					assertThat(parts.violations("shop.pay:input:amount")).containsExactly((Long) null);
				});
	}

	@Test
	void eachExecutionInATransactionCounts() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.COUNT, 0)), (parts) -> {
			parts.within(() -> {
				parts.shop.order("bad-1");
				parts.shop.order("bad-2");
				parts.shop.order("good");
			});
			assertThat(parts.audit().counts()).containsExactly(Map.entry("shop.order:input:id", 2L));
			assertThat(parts.violations("shop.order:input:id")).containsExactly(1L, 1L);
			assertThat(parts.audit().trail().entries()).extracting(AuditEntry::executionId).doesNotHaveDuplicates();
		});
	}

	@Test
	void methodsWithOneTransactionCountForThemselves() {
		run(rules(TestRecipes.number("shop.checkout", "amount", AuditLevel.COUNT, 0)), (parts) -> {
			parts.within(() -> {
				parts.shop.checkout(101);
				parts.shop.checkout(102);
			});
			assertThat(parts.audit().counts()).containsExactly(Map.entry("shop.checkout:input:amount", 2L));
		});
	}

	@Test
	void thresholdCountsWhatOtherExecutionsOfTheTransactionHaveFound() {
		run(rules(TestRecipes.number("shop.pay", "domain.paid", AuditLevel.BLOCK, 1)), (parts) -> {
			parts.within(() -> {
				parts.shop.pay(101);
				assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> parts.shop.pay(102));
			});
			assertThat(parts.engine.state().get("domain.paid", Integer.class)).isEqualTo(101);
			assertThat(parts.audit().counts()).containsEntry("shop.pay:output:domain.paid", 2L);
			assertThat(parts.violations("shop.pay:output:domain.paid")).containsExactly(1L, null);
		});
	}

	@Test
	void executionThatFailsInATransactionIsNotPartOfItsCommit() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.COUNT, 0)), (parts) -> {
			parts.within(() -> {
				assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> parts.shop.order("bad, fails"));
				assertThat(parts.audit().counts()).containsExactly(Map.entry("shop.order", 1L));
				parts.shop.order("bad-2");
			});
			assertThat(parts.audit().counts()).containsEntry("shop.order:input:id", 2L);
			assertThat(parts.violations("shop.order:input:id")).containsExactly(null, 1L);
		});
	}

	@Test
	void callersRollBackIsNoFailureOfItsProcesses() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.COUNT, 0)), (parts) -> {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> parts.within(() -> {
				parts.shop.order("good");
				throw new IllegalStateException("changed my mind");
			}));
			assertThat(parts.audit().counts()).isEmpty();
			assertThat(parts.audit().trail().entries()).isEmpty();
			assertThat(parts.ended).containsExactly("shop.order ROLLED_BACK");
		});
	}

	@Test
	void callersRollBackDoesNotResetTheCountOfFailures() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.COUNT, 0)), (parts) -> {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> parts.shop.order("fails"));
			parts.transactions.executeWithoutResult((status) -> {
				parts.shop.order("good");
				status.setRollbackOnly();
			});
			assertThat(parts.audit().counts()).containsExactly(Map.entry("shop.order", 1L));
			assertThat(parts.ended).containsExactly("shop.order UNDECLARED", "shop.order ROLLED_BACK");
		});
	}

	@Test
	void executionsThatPassTogetherCommitTogether() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.COUNT, 0)), (parts) -> {
			parts.within(() -> {
				parts.shop.order("good");
				parts.shop.pay(5);
				assertThat(parts.ended).isEmpty();
			});
			assertThat(parts.ended).containsExactly("shop.order COMMITTED", "shop.pay COMMITTED");
		});
	}

	@Test
	void toleratedInputOfARefusedOutputCountsOnce() {
		AuditRecipe recipe = AuditRecipe.builder()
			.process("shop.checkout",
					(checkout) -> checkout.input("amount", (amount) -> amount.max(50).level(AuditLevel.COUNT))
						.output("domain.paid", (paid) -> paid.max(100)))
			.build();
		run(rules(recipe), (parts) -> {
			assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> parts.shop.checkout(101));
			assertThat(parts.audit().counts()).containsOnly(Map.entry("shop.checkout:input:amount", 1L),
					Map.entry("shop.checkout:output:domain.paid", 1L), Map.entry("shop.checkout", 1L));
		});
	}

	@Test
	void abortOfAnOutputThatTheCallerCatchesStillRollsEverythingBack() {
		run(rules(TestRecipes.number("shop.pay", "domain.paid", AuditLevel.ABORT, 0)), (parts) -> {
			assertThatExceptionOfType(AuditAbortException.class).isThrownBy(() -> parts.within(() -> {
				parts.shop.order("good");
				assertThatExceptionOfType(AuditAbortException.class).isThrownBy(() -> parts.shop.pay(101));
			}));
			assertThat(parts.rows()).isZero();
			assertThat(parts.engine.state().contains("domain.order")).isFalse();
			assertThat(parts.audit().counts()).containsEntry("shop.pay:output:domain.paid", 1L);
		});
	}

	@Test
	void conflictOfTheWholeLeavesNothing() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.COUNT, 0)), (parts) -> {
			assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> parts.within(() -> {
				parts.shop.order("bad-1");
				parts.engine.edit("meanwhile", (tx) -> tx.set("domain.order", "other"));
			}));
			assertThat(parts.audit().counts()).isEmpty();
			assertThat(parts.violations("shop.order:input:id")).isEmpty();
			assertThat(parts.ended).containsExactly("shop.order CONFLICT");
		});
	}

	@Test
	void partUpToASavepointCountsByItself() {
		run(rules(TestRecipes.text("shop.order", "id", AuditLevel.COUNT, 0)), (parts) -> {
			parts.within(() -> {
				assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> parts.nested(() -> {
					parts.shop.order("bad-1");
					throw new IllegalStateException("part fails");
				}));
				parts.shop.pay(5);
			});
			assertThat(parts.violations("shop.order:input:id")).containsExactly((Long) null);
			assertThat(parts.ended).containsExactly("shop.order ROLLED_BACK", "shop.pay COMMITTED");
			assertThat(parts.engine.state().contains("domain.order")).isFalse();
			assertThat(parts.engine.state().get("domain.paid", Integer.class)).isEqualTo(5);
			assertThat(parts.audit().counts()).containsExactly(Map.entry("shop.order:input:id", 1L));
			assertThat(parts.audit().trail().entries()).hasSize(1);
		});
	}

	/**
	 * What a test works with.
	 */
	private record Parts(TheusEngine engine, Shop shop, JdbcTemplate jdbc, TransactionTemplate transactions,
			List<String> ended) {

		void within(Runnable work) {
			this.transactions.executeWithoutResult((status) -> work.run());
		}

		void apart(Runnable work) {
			other(TransactionDefinition.PROPAGATION_REQUIRES_NEW, work);
		}

		void nested(Runnable work) {
			other(TransactionDefinition.PROPAGATION_NESTED, work);
		}

		private void other(int propagation, Runnable work) {
			TransactionTemplate other = new TransactionTemplate(this.transactions.getTransactionManager());
			other.setPropagationBehavior(propagation);
			other.executeWithoutResult((status) -> work.run());
		}

		Audit audit() {
			return this.engine.audit();
		}

		List<Long> violations(String rule) {
			return audit().trail()
				.entries()
				.stream()
				.filter((entry) -> rule.equals(entry.rule()))
				.map(AuditEntry::version)
				.toList();
		}

		long rows() {
			return this.jdbc.queryForObject("select count(*) from work", Long.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ShopConfiguration {

		@Bean
		Shop shop(ProcessContext state, JdbcTemplate jdbc) {
			jdbc.execute("create table work (name varchar(20))");
			return new Shop(state, jdbc);
		}

	}

	static class Shop {

		private final ProcessContext state;

		private final JdbcTemplate jdbc;

		Shop(ProcessContext state, JdbcTemplate jdbc) {
			this.state = state;
			this.jdbc = jdbc;
		}

		@Process(name = "shop.order", updates = "domain.order")
		void order(String id) {
			this.jdbc.update("insert into work (name) values ('order')");
			this.state.set("domain.order", id);
			if (id.endsWith("fails")) {
				throw new IllegalStateException(id);
			}
		}

		@Process(name = "shop.pay", updates = "domain.paid")
		void pay(int amount) {
			this.jdbc.update("insert into work (name) values ('pay')");
			this.state.set("domain.paid", amount);
		}

		@Transactional(propagation = Propagation.REQUIRED)
		@Process(name = "shop.checkout", updates = "domain.paid")
		void checkout(int amount) {
			this.jdbc.update("insert into work (name) values ('checkout')");
			this.state.set("domain.paid", amount);
		}

	}

}
