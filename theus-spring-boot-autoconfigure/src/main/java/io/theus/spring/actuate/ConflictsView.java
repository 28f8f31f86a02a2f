package io.theus.spring.actuate;

import java.util.List;

import io.theus.conflict.ConflictReport;
import io.theus.conflict.TopCounts;
import io.theus.path.Path;

/**
 * How commits got along, as an operator sees it.
 *
 * @param refused how many commits were refused since the start
 * @param totalKeys how many keys are counted
 * @param totalPairs how many pairs are counted
 * @param offset how many keys and pairs are left out before these
 * @param topKeys some of the keys that stood against commits, the most frequent first
 * @param topPairs some of the pairs, {@code refused <- culprit}, the most frequent first
 * @param ticketsIssued how many tickets were requested
 * @param ticketsLost how many tickets ended with their lease
 * @param line who holds a ticket or waits for one now
 */
record ConflictsView(long refused, int totalKeys, int totalPairs, int offset, List<TopCounts.Entry> topKeys,
		List<TopCounts.Entry> topPairs, long ticketsIssued, long ticketsLost, List<Ticket> line) {

	private static final Path EXECUTIONS = Path.parse("meta.executions");

	static ConflictsView of(ConflictReport report, Viewer viewer, Page page) {
		List<TopCounts.Entry> keys = report.topKeys()
			.stream()
			.filter((key) -> viewer.sees(Path.parse(key.subject())))
			.map((key) -> masked(key, viewer))
			.toList();
		return new ConflictsView(report.refused(), keys.size(), report.topPairs().size(), page.offset(), page.of(keys),
				page.of(report.topPairs()), report.ticketsIssued(), report.ticketsLost(),
				report.line().stream().map((each) -> Ticket.of(each, viewer)).toList());
	}

	// The key of an execution is made of arguments
	private static TopCounts.Entry masked(TopCounts.Entry key, Viewer viewer) {
		Path path = Path.parse(key.subject());
		if (!path.startsWith(EXECUTIONS) || path.length() <= EXECUTIONS.length() + 1) {
			return key;
		}
		String shown = "%s.%s".formatted(path.prefix(EXECUTIONS.length() + 1),
				viewer.scalar("executions.key", path.last()));
		return new TopCounts.Entry(shown, key.count(), key.error());
	}

	/**
	 * Who stands in line.
	 *
	 * @param holder who it is
	 * @param claim what the ticket keeps, masked for those who do not see every path
	 * @param granted whether others wait for it
	 */
	record Ticket(String holder, String claim, boolean granted) {

		static Ticket of(ConflictReport.InLine line, Viewer viewer) {
			boolean plain = viewer.seesEveryPath() && !line.claim().contains(EXECUTIONS.toString());
			return new Ticket(line.holder(),
					plain ? line.claim() : String.valueOf(viewer.freeText("conflicts.claim", line.claim())),
					line.granted());
		}

	}

}
