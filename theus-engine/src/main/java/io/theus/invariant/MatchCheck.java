package io.theus.invariant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.state.StateTree;

/**
 * What a reader has made of a value is what its writer has, or had not long ago.
 *
 * @param writer where the writer stores it
 * @param reader where the reader stores it, as many wildcards
 * @param lag how long ago
 */
record MatchCheck(Places writer, Places reader, Lag lag) implements Check<PersistentMap<Object>> {

	@Override
	public List<Places> places() {
		return List.of(this.writer, this.reader);
	}

	// A reader that is behind already gets its time
	@Override
	public PersistentMap<Object> begin(PersistentMap<Object> root, Instant now) {
		Map<String, Object> trails = new LinkedHashMap<>();
		this.reader.visitAll(root, (path, before, after) -> {
			Path source = this.reader.counterpart(path, this.writer);
			if (!StateTree.same(StateTree.find(root, source), after)) {
				trails.put(source.toString(), Trail.EMPTY.with(after, now, this.lag));
			}
		});
		this.writer.visitAll(root, (path, before, after) -> {
			Object read = StateTree.find(root, this.writer.counterpart(path, this.reader));
			if (read == StateTree.ABSENT) {
				trails.put(path.toString(), Trail.EMPTY.with(read, now, this.lag));
			}
		});
		return PersistentMap.copyOf(trails);
	}

	@Override
	public PersistentMap<Object> restart(Proposal proposal, PersistentMap<Object> memory) {
		return begin(proposal.after(), proposal.now());
	}

	@Override
	public PersistentMap<Object> judge(Judgement judgement, PersistentMap<Object> memory) {
		Proposal proposal = judgement.proposal();
		Map<Path, Path> pairs = new LinkedHashMap<>();
		Trails trails = new Trails(memory);
		this.writer.visitChanged(proposal, (path, before, after) -> {
			trails.add(path, before, proposal.now(), this.lag);
			pairs.put(path, this.writer.counterpart(path, this.reader));
		});
		this.reader.visitChanged(proposal,
				(path, before, after) -> pairs.put(this.reader.counterpart(path, this.writer), path));
		pairs.forEach((source, copy) -> {
			Object written = StateTree.find(proposal.after(), source);
			Object read = StateTree.find(proposal.after(), copy);
			if (!StateTree.same(written, read) && !trails.find(source).hasHeld(read, proposal.now(), this.lag)) {
				judgement.violated(copy, read,
						"is not what '%s' holds, or held within lag=%s".formatted(source, this.lag));
			}
			if (written == StateTree.ABSENT && read == StateTree.ABSENT) {
				trails.forget(source);
			}
		});
		return trails.all;
	}

	/**
	 * What a writer held before.
	 *
	 * @param values the values, oldest first
	 */
	record Trail(List<Held> values) {

		static final Trail EMPTY = new Trail(List.of());

		Trail with(@Nullable Object value, Instant until, Lag lag) {
			List<Held> kept = new ArrayList<>(this.values);
			if (lag instanceof Lag.Time time) {
				kept.removeIf((held) -> held.until.isBefore(until.minus(time.duration())));
			}
			kept.add(new Held(value, until));
			int most = (lag instanceof Lag.Changes changes) ? changes.count() : Lag.Changes.MOST;
			return new Trail(List.copyOf(kept.subList(Math.max(0, kept.size() - most), kept.size())));
		}

		boolean hasHeld(@Nullable Object value, Instant now, Lag lag) {
			for (Held held : this.values) {
				boolean recent = !(lag instanceof Lag.Time time) || !held.until.isBefore(now.minus(time.duration()));
				if (recent && StateTree.same(held.value, value)) {
					return true;
				}
			}
			return false;
		}

	}

	/**
	 * A value that a writer held.
	 *
	 * @param value the value
	 * @param until when it was replaced
	 */
	record Held(@Nullable Object value, Instant until) {

	}

	/**
	 * The trails as a commit changes them.
	 */
	private static final class Trails {

		private PersistentMap<Object> all;

		Trails(PersistentMap<Object> all) {
			this.all = all;
		}

		Trail find(Path writer) {
			return (this.all.get(writer.toString()) instanceof Trail trail) ? trail : Trail.EMPTY;
		}

		void add(Path writer, @Nullable Object value, Instant now, Lag lag) {
			this.all = this.all.with(writer.toString(), find(writer).with(value, now, lag));
		}

		void forget(Path writer) {
			this.all = this.all.without(writer.toString());
		}

	}

}
