package io.theus.parallel;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what a worker writes to its standard error, and code in it to the standard
 * output, to the log of the engine.
 */
final class WorkerLog {

	private static final Logger logger = LoggerFactory.getLogger("io.theus.parallel.worker");

	// Longer lines are broken
	private static final int LONGEST = 4096;

	private static final int REMEMBERED = 20;

	private final long pid;

	private final Deque<String> last = new ArrayDeque<>();

	WorkerLog(long pid) {
		this.pid = pid;
	}

	void read(InputStream in) {
		try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
			StringBuilder line = new StringBuilder();
			char[] read = new char[LONGEST];
			for (int count = reader.read(read); count >= 0; count = reader.read(read)) {
				for (int i = 0; i < count; i++) {
					add(line, read[i]);
				}
			}
			if (!line.isEmpty()) {
				write(line);
			}
		}
		catch (IOException ex) {
			// It ends with the worker, whose end others tell
		}
	}

	private void add(StringBuilder line, char character) {
		if (character == '\n') {
			write(line);
			return;
		}
		if (line.length() == LONGEST) {
			write(line);
		}
		if (character != '\r') {
			line.append(character);
		}
	}

	private void write(StringBuilder line) {
		String text = line.toString();
		line.setLength(0);
		synchronized (this.last) {
			if (this.last.size() == REMEMBERED) {
				this.last.removeFirst();
			}
			this.last.addLast(text);
		}
		logger.info("pid={} {}", this.pid, text);
	}

	List<String> lastLines() {
		synchronized (this.last) {
			return List.copyOf(this.last);
		}
	}

}
