package io.theus.sample.demo;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

import io.theus.engine.TheusEngine;
import io.theus.run.Run;
import io.theus.sample.order.NewOrder;
import io.theus.sample.order.Orders;
import io.theus.sample.receiver.Receiver;

/**
 * Feeds the desk with orders from a file, from several threads, and shows that nothing is
 * lost. Runs when the application is started with {@code --demo}.
 */
@Component
@ConditionalOnProperty("demo")
class Demo implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(Demo.class);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final TheusEngine engine;

	private final Orders orders;

	private final Receiver receiver;

	private final DemoCounters counters;

	private final Resource file;

	private final int threads;

	private final AtomicInteger done = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	Demo(TheusEngine engine, Orders orders, Receiver receiver, DemoCounters counters,
			@Value("${demo.file:classpath:demo/orders.csv}") Resource file, @Value("${demo.threads:8}") int threads) {
		this.engine = engine;
		this.orders = orders;
		this.receiver = receiver;
		this.counters = counters;
		this.file = file;
		this.threads = threads;
	}

	@Override
	public void run(ApplicationArguments arguments) throws Exception {
		List<NewOrder> given = DemoOrders.read(this.file);
		logger.info("Demo: {} orders from {} on {} threads", given.size(), this.file.getDescription(), this.threads);
		long start = System.nanoTime();
		takeAll(new ConcurrentLinkedQueue<>(given), given.size());
		Duration taken = Duration.ofNanos(System.nanoTime() - start);
		DemoTotals totals = awaitMessages(given.size());
		Duration delivered = Duration.ofNanos(System.nanoTime() - start);
		logger.info("Demo: orders taken in {} ms, all messages received after {} ms", taken.toMillis(),
				delivered.toMillis());
		logger.info("Demo totals: {}", totals);
		if (totals.isComplete()) {
			logger.info("Demo: nothing was lost");
		}
		else {
			logger.error("Demo: something is missing");
		}
	}

	private void takeAll(Queue<NewOrder> queue, int size) throws InterruptedException, ExecutionException {
		ExecutorService pool = Executors.newFixedThreadPool(this.threads);
		try {
			Callable<Integer> worker = () -> takeSome(queue, size);
			for (Future<Integer> taken : pool.invokeAll(Collections.nCopies(this.threads, worker))) {
				logger.debug("Demo: a thread took {} orders", taken.get());
			}
		}
		finally {
			pool.shutdown();
		}
	}

	private int takeSome(Queue<NewOrder> queue, int size) throws InterruptedException {
		int own = 0;
		for (NewOrder order = queue.poll(); order != null; order = queue.poll()) {
			try {
				this.orders.place(order);
				awaitRun(order.id());
			}
			catch (RuntimeException ex) {
				this.failed.incrementAndGet();
				logger.error("Order '{}' failed", order.id(), ex);
			}
			own++;
			int taken = this.done.incrementAndGet();
			if (taken % 1000 == 0) {
				logger.info("Demo: {} of {} orders, conflicts={}, messages waiting={}", taken, size,
						this.counters.conflicts(), this.engine.outbox().status().pending());
			}
		}
		return own;
	}

	// No order of the file is so expensive that it has to be approved, and a run that has
	// ended may be forgotten
	private void awaitRun(String orderId) throws InterruptedException {
		Optional<Run> run = this.engine.workflows().find("fulfil", orderId);
		if (run.isPresent()) {
			run.get().await();
			run.get().error().ifPresent((error) -> {
				throw new IllegalStateException("the run has failed", error);
			});
		}
	}

	private DemoTotals awaitMessages(int given) throws InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		DemoTotals totals = totals(given);
		CountDownLatch never = new CountDownLatch(1);
		while (!totals.isComplete() && System.nanoTime() < end) {
			boolean interrupted = never.await(100, TimeUnit.MILLISECONDS);
			totals = interrupted ? totals : totals(given);
		}
		return totals;
	}

	private DemoTotals totals(int given) {
		return DemoTotals.of(this.engine.state(), this.receiver, this.counters, given, this.failed.get());
	}

}
