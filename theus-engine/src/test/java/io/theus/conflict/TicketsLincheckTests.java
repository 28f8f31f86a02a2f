package io.theus.conflict;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

import io.theus.path.Path;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;

/**
 * Model-checks that tickets exclude each other where their claims meet, that each is
 * granted in the end, and that no commit slips past one.
 */
class TicketsLincheckTests {

	@Test
	void claimsThatMeetAreKeptByOneAtATime() {
		new ModelCheckingOptions().iterations(8)
			.invocationsPerIteration(400)
			.threads(3)
			.actorsPerThread(2)
			.check(Line.class);
	}

	/**
	 * Who holds a ticket counts itself in and out; anybody may look.
	 */
	public static class Line {

		private static final Claim LEFT = claim("domain.left");

		private static final Claim BOTH = LEFT.and(claim("domain.right"));

		private static final Claim RIGHT = claim("domain.right");

		private final Object lock = new Object();

		private final Tickets tickets = new Tickets(this.lock, () -> 0);

		private final AtomicInteger left = new AtomicInteger();

		private final AtomicInteger right = new AtomicInteger();

		@Operation
		public boolean holdLeft() throws InterruptedException {
			return hold(LEFT, this.left);
		}

		@Operation
		public boolean holdRight() throws InterruptedException {
			return hold(RIGHT, this.right);
		}

		@Operation
		public boolean holdBoth() throws InterruptedException {
			return hold(BOTH, this.left, this.right);
		}

		// Whether anybody who holds a ticket would see this commit pass
		@Operation
		public boolean commitLeft() {
			synchronized (this.lock) {
				Ticket inTheWay = this.tickets.inTheWay(Worker.current(), (ticket) -> ticket.claim().meets(LEFT));
				return inTheWay != null || this.left.get() == 0;
			}
		}

		private boolean hold(Claim claim, AtomicInteger... kept) throws InterruptedException {
			Ticket ticket = this.tickets.request(new Holder(), claim, Duration.ofHours(1));
			boolean alone = this.tickets.awaitGrant(ticket, Long.MAX_VALUE);
			for (AtomicInteger each : kept) {
				alone &= each.incrementAndGet() == 1;
			}
			for (AtomicInteger each : kept) {
				alone &= each.decrementAndGet() == 0;
			}
			this.tickets.end(ticket);
			return alone;
		}

		private static Claim claim(String path) {
			return Claim.of(List.of(), List.of(Path.parse(path)));
		}

	}

	private static final class Holder implements TicketHolder {

		private static final CommitOrigin ORIGIN = new CommitOrigin(Kind.PROCESS, "shop.run", "1");

		@Override
		public CommitOrigin origin() {
			return ORIGIN;
		}

		private final Worker worker = Worker.current();

		@Override
		public Worker worker() {
			return this.worker;
		}

		@Override
		public boolean letsOwnWorkPass() {
			return true;
		}

		@Override
		public boolean isAlive() {
			return true;
		}

	}

}
