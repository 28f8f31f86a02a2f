package io.theus.benchmarks.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/**
 * The accounts as a Spring developer writes them. The account to be written is read
 * {@code for update}, without which concurrent increments would be lost.
 */
class JdbcAccounts {

	private final JdbcTemplate jdbc;

	JdbcAccounts(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Create the table and its rows.
	 * @param keys the keys of the accounts
	 */
	@Transactional
	void create(String[] keys) {
		this.jdbc.execute("create table account (id varchar(64) primary key, balance bigint not null)");
		List<Object[]> rows = Arrays.stream(keys).map((key) -> new Object[] { key }).toList();
		this.jdbc.batchUpdate("insert into account (id, balance) values (?, 0)", rows);
	}

	/**
	 * Read two accounts and add one to the first.
	 * @param target the key of the account to read and to write
	 * @param other the key of the account to read only
	 */
	@Transactional
	void increment(String target, String other) {
		long balance = balance("select balance from account where id = ? for update", target);
		if (balance("select balance from account where id = ?", other) >= 0) {
			this.jdbc.update("update account set balance = ? where id = ?", balance + 1, target);
		}
	}

	/**
	 * Add up all accounts.
	 * @return the sum
	 */
	@Transactional(readOnly = true)
	long sum() {
		return Objects.requireNonNull(this.jdbc.queryForObject("select sum(balance) from account", Long.class));
	}

	private long balance(String query, String key) {
		return Objects.requireNonNull(this.jdbc.queryForObject(query, Long.class, key));
	}

}
