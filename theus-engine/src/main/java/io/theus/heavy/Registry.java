package io.theus.heavy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.internal.memory.NamedMemory;

/**
 * Records what an engine owns, and removes what the dead have left.
 */
// A line is written before its memory is created and taken away after the memory has
// lost its name, so memory without a line does not come about, wherever an owner is
// killed. A line without memory does no harm.
//
// An owner is dead if its process is, or if its process is this one and has no engine of
// that session any more. Engines of this process are known by system properties rather
// than by a field, because several class loaders may have this class.
final class Registry {

	private static final Logger logger = LoggerFactory.getLogger(Registry.class);

	private static final String ALIVE = "io.theus.heavy.session.";

	private final String session;

	private final RegistryFile file;

	private final Supplier<NamedMemory> memory;

	private final Map<String, String> own = new ConcurrentHashMap<>();

	Registry(String session, RegistryFile file, Supplier<NamedMemory> memory) {
		this.session = session;
		this.file = file;
		this.memory = memory;
	}

	void add(String segment, long bytes) {
		String line = new RegistryLine(this.session, OwnerProcess.current(), segment, bytes).format();
		System.setProperty(ALIVE + this.session, "open");
		this.own.put(segment, line);
		boolean done = false;
		try {
			this.file.edit((lines) -> {
				List<String> all = new ArrayList<>(lines);
				all.add(line);
				return all;
			});
			done = true;
		}
		finally {
			if (!done) {
				this.own.remove(segment);
			}
		}
	}

	void remove(Collection<String> segments) {
		List<String> gone = segments.stream().map(this.own::remove).toList();
		this.file.edit((lines) -> lines.stream().filter((line) -> !gone.contains(line)).toList());
	}

	// Remove what dead owners have left, and see to it that everything of this engine is
	// recorded. Does nothing if there is no file; returns how many segments were removed
	int reclaim() {
		if (!this.file.exists() && this.own.isEmpty()) {
			return 0;
		}
		List<String> removed = new ArrayList<>();
		this.file.edit((lines) -> {
			List<String> kept = new ArrayList<>();
			for (String line : lines) {
				RegistryLine parsed = RegistryLine.parse(line);
				if (parsed == null || !isDead(parsed) || !removeMemory(parsed, removed)) {
					kept.add(line);
				}
			}
			this.own.values().stream().filter((line) -> !kept.contains(line)).forEach(kept::add);
			return kept;
		});
		return removed.size();
	}

	private boolean isDead(RegistryLine line) {
		if (line.owner().equals(OwnerProcess.current())) {
			return System.getProperty(ALIVE + line.session()) == null;
		}
		return line.owner().isDead();
	}

	private boolean removeMemory(RegistryLine line, List<String> removed) {
		try {
			if (this.memory.get().remove(line.segment())) {
				removed.add(line.segment());
				logger.info("Reclaimed heavy memory of a dead owner: segment={}, bytes={}, session={}, pid={}",
						line.segment(), line.bytes(), line.session(), line.owner().pid());
			}
			return true;
		}
		catch (IOException ex) {
			logger.warn("Cannot reclaim heavy memory of a dead owner: segment={}, session={}, pid={}, reason={}",
					line.segment(), line.session(), line.owner().pid(), ex.getMessage());
			return false;
		}
	}

	void close() {
		System.clearProperty(ALIVE + this.session);
	}

}
