package io.theus.contract;

import io.theus.path.Path;
import io.theus.path.Right;
import io.theus.path.Zone;

/**
 * The guards of those who have no contract.
 *
 * @since 0.1.0
 */
public enum OpenGuard implements AccessGuard {

	/**
	 * Explicit transactions and compare-and-swap: bound by zones alone.
	 */
	ZONES_ONLY {

		@Override
		public boolean grants(Zone zone, Right right) {
			return zone.grants(right);
		}

	},

	/**
	 * Administrative edits: see and change what is PRIVATE, and correct logs; constants
	 * stay constant.
	 */
	ADMINISTRATIVE {

		@Override
		public boolean grants(Zone zone, Right right) {
			return right == Right.READ || (zone != Zone.CONSTANT && zone != Zone.SIGNAL);
		}

	},

	/**
	 * The initial state: sets what nobody can set later.
	 */
	INITIAL {

		@Override
		public boolean grants(Zone zone, Right right) {
			return zone != Zone.SIGNAL;
		}

	};

	@Override
	public abstract boolean grants(Zone zone, Right right);

	@Override
	public void checkRead(Path path, Zone zone, ReadScope scope) {
		// Zones bind, and they have been checked
	}

	@Override
	public void checkWrite(Path path, Zone zone, Right right) {
		// Zones bind, and they have been checked
	}

	@Override
	public void checkPart(Path path, Zone zone, Right right) {
		// Zones bind, and they have been checked
	}

	@Override
	public void checkEmit(String topic) {
		// Anybody without a contract may emit
	}

	@Override
	public void checkSend(String topic) {
		// Anybody without a contract may send
	}

	@Override
	public void checkStart(String workflow) {
		// Anybody without a contract may start
	}

	@Override
	public void checkSignalRun(String workflow) {
		// Anybody without a contract may signal
	}

}
