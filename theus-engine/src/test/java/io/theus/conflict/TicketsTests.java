package io.theus.conflict;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Tickets}, {@link Ticket} and {@link Claim}.
 */
class TicketsTests {

	private static final Duration LEASE = Duration.ofMillis(10);

	private final AtomicLong now = new AtomicLong();

	private final Object lock = new Object();

	private final Tickets tickets = new Tickets(this.lock, this.now::get);

	@Test
	void claimsMeetWhereAPlaceLiesInBoth() {
		Claim account = claim("domain.accounts.a");
		assertThat(account.meets(claim("domain.accounts.a.balance"))).isTrue();
		assertThat(account.meets(claim("domain"))).isTrue();
		assertThat(account.meets(claim("domain.accounts.b"))).isFalse();
		assertThat(account.meets(Claim.of(List.of(PathPattern.parse("domain.*.a")), List.of()))).isTrue();
		assertThat(account.meets(Claim.EVERYTHING)).isTrue();
		assertThat(Claim.of(List.of(), List.of()).meets(claim("domain"))).isFalse();
		assertThat(account.and(claim("global.x")).meets(claim("global"))).isTrue();
		assertThat(account.and(Claim.EVERYTHING)).isSameAs(Claim.EVERYTHING);
	}

	@Test
	void ticketsThatMeetAreGrantedInOrderAndOthersAtOnce() {
		Ticket first = request("first", "domain.a");
		Ticket second = request("second", "domain.a.b");
		Ticket third = request("third", "domain.a.c");
		Ticket elsewhere = request("elsewhere", "domain.x");
		assertThat(List.of(first.isGranted(), second.isGranted(), third.isGranted(), elsewhere.isGranted()))
			.containsExactly(true, false, false, true);
		this.tickets.end(first);
		assertThat(List.of(first.isGranted(), second.isGranted(), third.isGranted())).containsExactly(false, true,
				true);
		assertThat(first.hasEnded()).isTrue();
	}

	@Test
	void laterTicketDoesNotOvertakeOneThatWaitsForAnother() {
		Ticket first = request("first", "domain.a");
		Ticket both = this.tickets.request(new Holder("both"), claim("domain.a").and(claim("domain.b")), LEASE);
		Ticket last = request("last", "domain.b");
		assertThat(last.isGranted()).as("domain.b is free, but somebody is before it").isFalse();
		this.tickets.end(first);
		assertThat(both.isGranted()).isTrue();
		assertThat(last.isGranted()).isFalse();
	}

	@Test
	void grantedTicketOfSomebodyElseIsInTheWay() {
		Holder outer = new Holder("outer");
		Ticket ticket = this.tickets.request(outer, claim("domain.a"), LEASE);
		Holder inner = new Holder("inner");
		inner.worker = outer.worker;
		assertThat(inTheWay(new Holder("other"), "domain.a.b")).isSameAs(ticket);
		assertThat(inTheWay(new Holder("nobody"), "domain.a.b")).isSameAs(ticket);
		assertThat(inTheWay(outer, "domain.a")).isNull();
		assertThat(inTheWay(inner, "domain.a")).isNull();
		assertThat(inTheWay(new Holder("other"), "domain.b")).isNull();
		request("waiting", "domain").holder();
		assertThat(inTheWay(new Holder("other"), "domain.b")).as("a ticket that waits keeps nothing").isNull();
	}

	@Test
	void workerPassesItsOwnTicketsUnlessTheyMustNotBeSpoilt() {
		Holder outer = new Holder("outer");
		this.tickets.request(outer, claim("domain.a"), LEASE);
		Holder inner = new Holder("inner");
		inner.worker = outer.worker;
		assertThat(this.tickets.isHolding(inner.worker)).isTrue();
		assertThat(this.tickets.request(inner, claim("domain.a.b"), LEASE).isGranted()).isTrue();
		assertThat(request("other", "domain.a").isGranted()).isFalse();
		outer.passable = false;
		assertThat(inTheWay(inner, "domain.a")).isNotNull();
		assertThat(this.tickets.isHolding(new Worker())).isFalse();
	}

	@Test
	void leaseIsRenewedWhileTheHolderLivesAndEndsTheTicketOtherwise() {
		Holder holder = new Holder("holder");
		Ticket ticket = this.tickets.request(holder, claim("domain.a"), LEASE);
		Ticket next = request("next", "domain.a");
		this.now.addAndGet(LEASE.toNanos());
		assertThat(inTheWay(new Holder("nobody"), "domain.a")).isSameAs(ticket);
		holder.alive = false;
		this.now.addAndGet(LEASE.toNanos() - 1);
		assertThat(inTheWay(new Holder("nobody"), "domain.a")).as("its lease was renewed").isSameAs(ticket);
		this.now.addAndGet(1);
		assertThat(inTheWay(new Holder("nobody"), "domain.a")).isSameAs(next);
		assertThat(ticket.hasEnded()).isTrue();
		assertThat(this.tickets.lost()).isEqualTo(1);
	}

	@Test
	void whoGivesUpWaitingLeavesTheLine() throws InterruptedException {
		Ticket first = request("first", "domain.a");
		Ticket second = request("second", "domain.a");
		Ticket third = request("third", "domain.a");
		assertThat(this.tickets.awaitGrant(second, 0)).isFalse();
		assertThat(this.tickets.awaitEnd(first, 0)).isFalse();
		this.tickets.end(first);
		assertThat(third.isGranted()).isTrue();
		assertThat(this.tickets.awaitGrant(third, 1)).isTrue();
		assertThat(this.tickets.awaitEnd(first, 1)).isTrue();
		assertThat(this.tickets.line()).containsExactly(third);
		assertThat(this.tickets.issued()).isEqualTo(3);
	}

	private Ticket request(String name, String path) {
		return this.tickets.request(new Holder(name), claim(path), LEASE);
	}

	private Ticket inTheWay(Holder committer, String path) {
		synchronized (this.lock) {
			return this.tickets.inTheWay(committer.worker(), (ticket) -> ticket.claim().meets(claim(path)));
		}
	}

	private static Claim claim(String path) {
		return Claim.of(List.of(), List.of(Path.parse(path)));
	}

	private static final class Holder implements TicketHolder {

		private final CommitOrigin origin;

		private Worker worker = new Worker();

		private boolean passable = true;

		private boolean alive = true;

		Holder(String name) {
			this.origin = new CommitOrigin(Kind.PROCESS, name, "1");
		}

		@Override
		public CommitOrigin origin() {
			return this.origin;
		}

		@Override
		public Worker worker() {
			return this.worker;
		}

		@Override
		public boolean letsOwnWorkPass() {
			return this.passable;
		}

		@Override
		public boolean isAlive() {
			return this.alive;
		}

	}

}
