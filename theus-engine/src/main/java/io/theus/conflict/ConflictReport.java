package io.theus.conflict;

import java.util.List;

/**
 * How the commits of an engine got along since its start.
 *
 * @param refused how many commits were refused
 * @param topKeys the keys that stood against most of them
 * @param topPairs who was refused because of whom, {@code refused <- culprit}
 * @param ticketsIssued how many tickets were requested
 * @param ticketsLost how many tickets ended with their lease
 * @param line who holds a ticket or waits for one now
 * @since 0.1.0
 */
public record ConflictReport(long refused, List<TopCounts.Entry> topKeys, List<TopCounts.Entry> topPairs,
		long ticketsIssued, long ticketsLost, List<InLine> line) {

	/**
	 * Report.
	 * @param statistics the counts
	 * @param tickets the line
	 * @param limit how many keys and pairs at most
	 * @return the report
	 */
	public static ConflictReport of(ConflictStatistics statistics, Tickets tickets, int limit) {
		return new ConflictReport(statistics.refused(), statistics.topKeys(limit), statistics.topPairs(limit),
				tickets.issued(), tickets.lost(), tickets.line().stream().map(InLine::of).toList());
	}

	/**
	 * Who stands in line.
	 *
	 * @param holder who it is
	 * @param claim what its ticket keeps, as text
	 * @param granted whether others wait for it
	 */
	public record InLine(String holder, String claim, boolean granted) {

		static InLine of(Ticket ticket) {
			return new InLine(ticket.holder().origin().toString(), ticket.claim().toString(), ticket.isGranted());
		}

	}

}
