package io.theus.benchmarks.audit;

import java.util.concurrent.atomic.LongAdder;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;

import io.theus.audit.AuditTrail;

/**
 * Logback's asynchronous appender, before one that only counts.
 */
// As many events wait as the trail keeps entries. Other than by default none is discarded
// while there is room, since each entry of an audit counts.
final class LogbackEntries implements Entries {

	private final LoggerContext context = new LoggerContext();

	private final Counting counting = new Counting();

	private final Logger logger = this.context.getLogger("audit");

	private final boolean neverBlock;

	private AsyncAppender appender;

	private LogbackEntries(boolean neverBlock) {
		this.neverBlock = neverBlock;
		this.context.setMDCAdapter(new LogbackMDCAdapter());
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.counting.setContext(this.context);
		this.appender = start();
	}

	private AsyncAppender start() {
		this.counting.start();
		AsyncAppender started = new AsyncAppender();
		started.setContext(this.context);
		started.setQueueSize(AuditTrail.DEFAULT_CAPACITY);
		started.setDiscardingThreshold(0);
		started.setNeverBlock(this.neverBlock);
		started.addAppender(this.counting);
		started.start();
		this.logger.addAppender(started);
		return started;
	}

	static LogbackEntries neverBlocking() {
		return new LogbackEntries(true);
	}

	static LogbackEntries blocking() {
		return new LogbackEntries(false);
	}

	@Override
	public void write(int writer, int number) {
		this.logger.info("{} version={}: {}", "edit", number, "entry of the benchmark");
	}

	@Override
	public void verify(int count) {
		long delivered = delivered();
		if (delivered < 1 || delivered > count || (!this.neverBlock && delivered != count)) {
			throw new IllegalStateException(
					"appender has lost entries: delivered=%d, expected=%d, do not count this measurement"
						.formatted(delivered, count));
		}
	}

	// Stopping waits for what is in the queue; a stopped one cannot be started again
	private long delivered() {
		this.logger.detachAppender(this.appender);
		this.appender.stop();
		this.appender = start();
		return this.counting.events.sumThenReset();
	}

	@Override
	public void close() {
		this.context.stop();
	}

	/**
	 * Counts events.
	 */
	private static final class Counting extends AppenderBase<ILoggingEvent> {

		private final LongAdder events = new LongAdder();

		@Override
		protected void append(ILoggingEvent event) {
			this.events.increment();
		}

	}

}
