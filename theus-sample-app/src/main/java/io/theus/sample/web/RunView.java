package io.theus.sample.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.run.Run;
import io.theus.run.RunState;

/**
 * The run of an order, as the desk shows it.
 *
 * @param state what it is doing
 * @param waitsFor the signals that it waits for
 * @param error what it has failed with, {@code null} if it has not
 * @param steps the steps that it has visited, and what became of them
 */
record RunView(RunState state, List<String> waitsFor, @Nullable String error, List<String> steps) {

	static RunView of(Run run) {
		return new RunView(run.state(), run.awaitedSignals(), run.error().map(Throwable::getMessage).orElse(null),
				run.history().stream().map((visit) -> visit.step() + " " + visit.outcome()).toList());
	}

}
