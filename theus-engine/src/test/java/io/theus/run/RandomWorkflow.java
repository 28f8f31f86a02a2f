package io.theus.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes random workflows that use every kind of step. The id of a step tells what it
 * does and to which line of steps it belongs, {@code work_b3_12}; lines that may run
 * several times at once begin with {@code x}.
 */
final class RandomWorkflow {

	private static final int SLOTS = 8;

	private final Random random;

	private final List<String> others;

	private int steps;

	private int lines;

	private RandomWorkflow(Random random, List<String> others) {
		this.random = random;
		this.others = others;
	}

	/**
	 * Write a workflow.
	 * @param name its name
	 * @param random decides about everything
	 * @param others workflows that it may call, empty for one that others call
	 * @return the document
	 */
	static String document(String name, Random random, List<String> others) {
		RandomWorkflow workflow = new RandomWorkflow(random, others);
		String line = workflow.line(!others.isEmpty());
		return "name: %s\ninputs: { me: integer }\nmax-ops: 100000\nsteps: %s\n".formatted(name,
				workflow.block(line, 0));
	}

	private String line(boolean once) {
		return (once ? "b" : "x") + this.lines++;
	}

	private String block(String line, int depth) {
		int size = this.random.nextInt(1, (depth == 0) ? 7 : 4);
		return IntStream.range(0, size).mapToObj((i) -> step(line, depth)).collect(Collectors.joining(", ", "[", "]"));
	}

	private String step(String line, int depth) {
		List<Supplier<String>> kinds = new ArrayList<>(List.of(() -> work(line), () -> work(line), () -> pair(line),
				() -> flaky(line), () -> remote(line), () -> await(line), () -> emission(line), () -> sleep(line)));
		if (depth < 3) {
			IntFunction<String> inner = (more) -> block(line, depth + more);
			kinds.addAll(List.of(
					() -> "{ flux: if, condition: inputs.me %% 2 == 0, then: %s, else: %s }".formatted(inner.apply(1),
							inner.apply(1)),
					() -> loop(line, inner), () -> beat(line, inner), () -> parallel(line, depth),
					() -> parallel(line, depth), () -> each(line, depth),
					() -> "{ flux: run, steps: %s }".formatted(inner.apply(1))));
		}
		if (!this.others.isEmpty()) {
			kinds.add(() -> "{ flux: workflow, id: %s, name: %s, with: { me: '#{inputs.me}' } }"
				.formatted(id("sub", line), this.others.get(this.random.nextInt(this.others.size()))));
		}
		if (this.random.nextInt(60) == 0) {
			return "{ flux: fail, error: Planned, message: here }";
		}
		return kinds.get(this.random.nextInt(kinds.size())).get();
	}

	private String id(String kind, String line) {
		return kind + "_" + line + "_" + this.steps++;
	}

	private String undoing() {
		return switch (this.random.nextInt(4)) {
			case 0 -> ", compensate: undo_later";
			case 1 -> "";
			default -> ", compensate: undo" + this.random.nextInt(SLOTS);
		};
	}

	private String work(String line) {
		String undoing = undoing();
		return "{ process: work%d, id: %s%s }".formatted(this.random.nextInt(SLOTS),
				id(undoing.isEmpty() ? "work" : "undone", line), undoing);
	}

	private String pair(String line) {
		return "{ process: pair, id: %s }".formatted(id("pair", line));
	}

	private String flaky(String line) {
		return "{ process: flaky, id: %s, retry: { attempts: 3, backoff: 1ms }%s }".formatted(id("flaky", line),
				(this.random.nextInt(3) > 0) ? ", catch: { OutOfStock: [%s] }".formatted(work(line)) : "");
	}

	private String remote(String line) {
		return "{ process: remote, id: %s }".formatted(id("remote", line));
	}

	private String sleep(String line) {
		return "{ flux: sleep, id: %s, for: %dms }".formatted(id("sleep", line), this.random.nextInt(1, 3));
	}

	private String await(String line) {
		String id = id("wait", line);
		return switch (this.random.nextInt(5)) {
			case 0 -> "{ flux: wait, id: %s, signal: never, timeout: %dms, else: [] }".formatted(id,
					this.random.nextInt(1, 3));
			case 1 -> "{ flux: wait, id: %s, until: signal.cmd_nudge == inputs.me }".formatted(id);
			case 2 -> "{ flux: wait, id: %s, until: \"domain.get('ticks', 0) > inputs.me %% 5\" }".formatted(id);
			case 3 -> "{ flux: wait, id: %s, signal: hub, where: payload.to == inputs.me }, %s".formatted(id,
					leakUnless("results.%s.to == inputs.me".formatted(id)));
			default -> "{ flux: wait, id: %s, signal: cmd_go }, %s".formatted(id,
					leakUnless("results.%s == inputs.me".formatted(id)));
		};
	}

	private static String leakUnless(String condition) {
		return "{ flux: if, condition: not (%s), then: [{ flux: fail, error: Leak, message: \"%s\" }] }"
			.formatted(condition, condition);
	}

	private String emission(String line) {
		return "{ process: report, id: %s }, %s".formatted(id("report", line), leakUnless("signal.level == inputs.me"));
	}

	private String loop(String line, IntFunction<String> inner) {
		String id = id("bump", line);
		return "{ flux: while, condition: results.%s is None or results.%s < 2, do: [{ process: bump, id: %s, with: { n: '#{results.%s}' } }, { flux: run, steps: %s }] }"
			.formatted(id, id, id, id, inner.apply(2));
	}

	private String beat(String line, IntFunction<String> inner) {
		String id = id("bump", line);
		return "{ flux: every, period: 1ms, until: results.%s is not None and results.%s > 1, do: [{ process: bump, id: %s, with: { n: '#{results.%s}' } }, { flux: run, steps: %s }] }"
			.formatted(id, id, id, id, inner.apply(2));
	}

	private String parallel(String line, int depth) {
		String branches = IntStream.range(0, this.random.nextInt(1, 4))
			.mapToObj((i) -> block(line(line.startsWith("b")), depth + 1))
			.collect(Collectors.joining(", ", "[", "]"));
		return "{ flux: parallel, join: %s, branches: %s }".formatted((this.random.nextInt(3) == 0) ? "any" : "all",
				branches);
	}

	private String each(String line, int depth) {
		int parallel = this.random.nextInt(1, 4);
		String inside = (parallel > 1) ? line(false) : line;
		return "{ flux: for-each, in: '#{[1, 2, 3]}', as: n, parallel: %d, do: %s }".formatted(parallel,
				block(inside, depth + 2));
	}

}
