package io.theus.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.Merging;
import io.theus.StateUpdate;
import io.theus.error.Suggestions;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.PlaceholderValues;
import io.theus.state.RecordShape;
import io.theus.state.StateTree;
import io.theus.transaction.Scope;
import io.theus.transaction.Transactions;

/**
 * Stores what a process returns, where the method says so.
 */
sealed interface ReturnMapping {

	/**
	 * Nothing is stored: the value is the caller's.
	 */
	ReturnMapping NONE = new Nothing();

	/**
	 * Store a returned value.
	 * @param call whose value it is
	 * @param value the value
	 */
	void apply(Target call, @Nullable Object value);

	/**
	 * Where a returned value goes.
	 *
	 * @param process the process
	 * @param body what the body wrote
	 * @param scope writes under the rules for returned values
	 * @param transactions answers what has changed since a version
	 * @param outputs the outputs of the call, without placeholders
	 * @param placeholders what the placeholders stand for in this call
	 */
	record Target(ProcessDefinition process, Scope body, Scope scope, Transactions transactions,
			List<PathPattern> outputs, PlaceholderValues placeholders) {

		void store(Path path, @Nullable Object value) {
			write(path, () -> this.scope.set(path, value));
		}

		// What the body wrote at, above or below the path has to stay as it is
		void write(Path path, Runnable change) {
			Map<Path, @Nullable Object> written = new LinkedHashMap<>();
			for (Path own : this.body.writesMeeting(path)) {
				Path part = (own.length() > path.length()) ? own : path;
				written.put(part, this.body.peek(part));
			}
			change.run();
			written.forEach((part, value) -> {
				if (!StateTree.same(value, this.scope.peek(part))) {
					throw new InvalidReturnException(this.process.id(),
							"path '%s' was written in the body with another value, write it once".formatted(part));
				}
			});
		}

		Path path(PathPattern pattern) {
			List<PathPattern> bound = pattern.narrow(this.placeholders);
			if (bound.size() != 1) {
				throw new InvalidReturnException(this.process.id(),
						"output '%s' names %d paths in this call, let it name one".formatted(pattern, bound.size()));
			}
			return bound.get(0).toPath();
		}

	}

	/**
	 * The value is the caller's.
	 */
	final class Nothing implements ReturnMapping {

		@Override
		public void apply(Target call, @Nullable Object value) {
			// The value is the caller's
		}

	}

	/**
	 * The value is stored whole.
	 *
	 * @param output where
	 */
	record Whole(PathPattern output) implements ReturnMapping {

		@Override
		public void apply(Target call, @Nullable Object value) {
			if (value != null) {
				call.store(call.path(this.output), value);
			}
		}

	}

	/**
	 * Components of a returned record are stored.
	 *
	 * @param shape the record class
	 * @param outputs where, by index of the component
	 */
	record Components(RecordShape shape, Map<Integer, PathPattern> outputs) implements ReturnMapping {

		@Override
		public void apply(Target call, @Nullable Object value) {
			if (value == null) {
				return;
			}
			this.outputs.forEach((index, output) -> {
				Object component = this.shape.get(value, index);
				if (component != null) {
					call.store(call.path(output), component);
				}
			});
		}

	}

	/**
	 * The value says itself what to change.
	 */
	final class Updates implements ReturnMapping {

		@Override
		public void apply(Target call, @Nullable Object value) {
			if (value != null) {
				((StateUpdate) value).changes().forEach((change) -> apply(call, change));
			}
		}

		private static void apply(Target call, StateUpdate.Change change) {
			if (change instanceof StateUpdate.Set set) {
				call.store(set.path(), set.value());
			}
			else if (change instanceof StateUpdate.Create create) {
				call.scope().create(create.path(), create.value());
			}
			else if (change instanceof StateUpdate.Merge merge) {
				call.write(merge.path(), () -> call.scope().merge(merge.path(), merge.entries()));
			}
			else if (change instanceof StateUpdate.Remove remove) {
				call.write(remove.path(), () -> call.scope().remove(remove.path()));
			}
			else if (change instanceof StateUpdate.Append append) {
				call.scope().combine(append.path(), Merging.APPEND, append.element());
			}
			else if (change instanceof StateUpdate.Signal signal) {
				call.scope().emit(signal.topic(), signal.payload());
			}
			else if (change instanceof StateUpdate.AssertVersion assertion) {
				call.transactions().assertUnchanged(call.scope(), assertion.path(), assertion.version());
			}
		}

	}

	/**
	 * The value may say itself what to change, which the declared type does not tell.
	 *
	 * @param other what to do with any other value
	 */
	record UpdatesOr(ReturnMapping other) implements ReturnMapping {

		@Override
		public void apply(Target call, @Nullable Object value) {
			ReturnMapping mapping = (value instanceof StateUpdate) ? new Updates() : this.other;
			mapping.apply(call, value);
		}

	}

	/**
	 * A PURE process without {@code @Output} fills its declared outputs: one output takes
	 * the value whole; several take a map by path or last segment, or a list in order.
	 */
	final class DeclaredOutputs implements ReturnMapping {

		@Override
		public void apply(Target call, @Nullable Object value) {
			if (value == null) {
				return;
			}
			List<Path> outputs = new ArrayList<>();
			call.outputs().forEach((pattern) -> outputs.add(pattern.toPath()));
			if (outputs.size() == 1) {
				call.store(outputs.get(0), value);
			}
			else if (value instanceof Map<?, ?> map) {
				storeMap(call, outputs, map);
			}
			else if (value instanceof List<?> list) {
				storeList(call, outputs, list);
			}
			else {
				throw new InvalidReturnException(call.process().id(),
						"a value of type %s fills none of several outputs, return a map by path or a list in order, outputs=%s"
							.formatted(value.getClass().getName(), outputs));
			}
		}

		private static void storeList(Target call, List<Path> outputs, List<?> list) {
			if (list.size() != outputs.size()) {
				throw new InvalidReturnException(call.process().id(),
						"the list needs one element for each output, size=%d outputs=%s".formatted(list.size(),
								outputs));
			}
			for (int i = 0; i < list.size(); i++) {
				if (list.get(i) != null) {
					call.store(outputs.get(i), list.get(i));
				}
			}
		}

		private static void storeMap(Target call, List<Path> outputs, Map<?, ?> map) {
			Map<Path, @Nullable Object> values = new LinkedHashMap<>();
			map.forEach((key, value) -> {
				Path path = output(call, outputs, String.valueOf(key));
				if (values.containsKey(path)) {
					throw new InvalidReturnException(call.process().id(),
							"two keys of the map stand for output '%s', keep one".formatted(path));
				}
				values.put(path, value);
			});
			if (values.isEmpty()) {
				throw new InvalidReturnException(call.process().id(),
						"the map has no key for any output, outputs=%s".formatted(outputs));
			}
			values.forEach((path, value) -> {
				if (value != null) {
					call.store(path, value);
				}
			});
		}

		private static Path output(Target call, List<Path> outputs, String key) {
			List<Path> matches = outputs.stream()
				.filter((path) -> path.toString().equals(key) || path.last().equals(key))
				.toList();
			if (matches.size() == 1) {
				return matches.get(0);
			}
			for (Path path : matches) {
				if (path.toString().equals(key)) {
					return path;
				}
			}
			List<String> names = outputs.stream().map(Path::last).toList();
			throw new InvalidReturnException(call.process().id(), matches.isEmpty()
					? "key '%s' of the map is no output%s, outputs=%s".formatted(key,
							Suggestions.didYouMean(key, names), outputs)
					: "key '%s' of the map is the last segment of several outputs, use the full path, outputs=%s"
						.formatted(key, outputs));
		}

	}

}
