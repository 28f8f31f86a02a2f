package io.theus.benchmarks.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import org.jboss.stm.Container;
import org.springframework.transaction.annotation.Transactional;

/**
 * The accounts as transactional objects of Narayana's STM, found by their keys in a map
 * that never changes. Each method takes part in the transaction of its caller; called
 * through a Spring proxy, the two that are annotated begin one.
 */
class NarayanaAccounts {

	static {
		// Memory only; without this Narayana writes its log to files.
		for (String store : new String[] { "default", "stateStore", "communicationStore" }) {
			BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
				.setObjectStoreType(VolatileStore.class.getName());
		}
	}

	private final Map<String, NarayanaAccount> accounts = new HashMap<>();

	NarayanaAccounts(String... keys) {
		Container<NarayanaAccount> container = new Container<>();
		for (String key : keys) {
			this.accounts.put(key, container.create(new LockedNarayanaAccount()));
		}
	}

	/**
	 * Read two accounts and add one to the first.
	 * @param target the key of the account to read and to write
	 * @param other the key of the account to read only
	 */
	@Transactional
	void increment(String target, String other) {
		NarayanaAccount written = account(target);
		long balance = written.balanceForUpdate();
		if (account(other).balance() >= 0) {
			written.setBalance(balance + 1);
		}
	}

	/**
	 * Add up all accounts.
	 * @return the sum
	 */
	@Transactional(readOnly = true)
	long sum() {
		return this.accounts.values().stream().mapToLong(NarayanaAccount::balance).sum();
	}

	private NarayanaAccount account(String key) {
		return Objects.requireNonNull(this.accounts.get(key));
	}

}
