package io.theus.transaction;

import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.TransactionContext;
import io.theus.path.Path;
import io.theus.state.TypedReads;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.store.RecordedExecution;

/**
 * An explicit transaction that is made once per key: the key is part of its commit.
 *
 * @param <T> the type of the result
 */
// Of two that run at the same time with one key, the commit point refuses the later one,
// whose next attempt then finds what the other has recorded.
// A body may return null, which a body of a generic type cannot say outside of JSpecify
// mode
@SuppressWarnings({ "unchecked", "NullAway" })
final class KeyedTransaction<T> {

	private static final Path RESULT = Path.parse("local.result");

	// The arguments of a body are unknown
	private static final String NO_FINGERPRINT = "";

	private final Transactions transactions;

	private final TransactionOptions options;

	private final String owner;

	private final String key;

	private final Duration retention;

	private final Class<T> type;

	KeyedTransaction(Transactions transactions, TransactionOptions options, String key, Duration retention,
			Class<T> type) {
		this.transactions = transactions;
		this.options = isolated(transactions, options, key);
		// Not to be mistaken for a process of that name
		this.owner = new CommitOrigin(Kind.TRANSACTION, options.name(), null).toString();
		this.key = key;
		this.retention = retention;
		this.type = type;
	}

	// What commits write by write cannot commit together with its key
	private static TransactionOptions isolated(Transactions transactions, TransactionOptions options, String key) {
		if (options.isolation() == Isolation.RAW) {
			throw new IllegalArgumentException(
					"transaction under key '%s' is refused: with isolation=RAW each write is a commit of its own, use HYBRID or SAFE"
						.formatted(key));
		}
		boolean raw = transactions.isolation(options.isolation()) == Isolation.RAW;
		return raw ? options.withIsolation(Isolation.HYBRID) : options;
	}

	T run(Function<TransactionContext, T> body) {
		RecordedExecution earlier = this.transactions.recorded(this.owner, this.key);
		return (earlier != null) ? repeat(earlier)
				: this.transactions.transact(this.options, (tx) -> attempt(tx, body));
	}

	private T attempt(TransactionContext tx, Function<TransactionContext, T> body) {
		Scope scope = ((FixedContext) tx).scope();
		RecordedExecution earlier = earlier(scope);
		if (earlier != null) {
			return repeat(earlier);
		}
		T result = body.apply(tx);
		Object accepted = scope
			.record(new RecordedExecution(this.owner, this.key, NO_FINGERPRINT, result, this.retention));
		TypedReads.convert(RESULT, accepted, this.type);
		return result;
	}

	private @Nullable RecordedExecution earlier(Scope scope) {
		RecordedExecution own = scope.recorded(this.owner, this.key);
		return (own != null) ? own : this.transactions.recorded(this.owner, this.key);
	}

	private T repeat(RecordedExecution recorded) {
		return (T) TypedReads.convert(RESULT, recorded.result(), this.type);
	}

}
