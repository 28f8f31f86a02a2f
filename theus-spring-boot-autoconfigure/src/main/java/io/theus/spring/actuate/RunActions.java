package io.theus.spring.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

import io.theus.path.InvalidTopicException;
import io.theus.path.Path;
import io.theus.run.Resolution;
import io.theus.run.Run;
import io.theus.run.RunOptions;
import io.theus.run.WorkflowNotFoundException;
import io.theus.run.Workflows;
import io.theus.state.InvalidValueException;
import io.theus.state.Values;
import io.theus.workflow.InvalidInputException;

/**
 * What an operator does with runs. What cannot be done changes nothing and is refused
 * with the reason.
 */
final class RunActions {

	// Runs share values with everybody, and what JSON is read into can be changed
	private static final Values VALUES = new Values(Set.of());

	private static final Path PAYLOAD = Path.parse("signal.payload");

	private static final Path INPUTS = Path.parse("domain.inputs");

	private final Workflows workflows;

	RunActions(Workflows workflows) {
		this.workflows = workflows;
	}

	Run find(String id) {
		return this.workflows.find(id)
			.orElseThrow(() -> new RefusedActionException(RefusedActionException.NOT_FOUND,
					"run '%s' not found, of the runs that have ended only the last ones are kept: list what there is"
						.formatted(id)));
	}

	void requireWorkflow(String name) {
		try {
			this.workflows.get(name);
		}
		catch (WorkflowNotFoundException ex) {
			throw new RefusedActionException(RefusedActionException.BAD_REQUEST, String.valueOf(ex.getMessage()), ex);
		}
	}

	Run start(@Nullable String workflow, @Nullable String key, @Nullable String inputs) {
		if (workflow == null || workflow.isBlank()) {
			throw new RefusedActionException(RefusedActionException.BAD_REQUEST,
					"'workflow' is missing, name the workflow to start: known=%s".formatted(this.workflows.names()));
		}
		try {
			return this.workflows.start(workflow, inputs(inputs), new RunOptions(key, null, null));
		}
		catch (WorkflowNotFoundException | InvalidInputException | InvalidValueException
				| IllegalArgumentException ex) {
			throw new RefusedActionException(RefusedActionException.BAD_REQUEST, String.valueOf(ex.getMessage()), ex);
		}
		catch (IllegalStateException ex) {
			throw new RefusedActionException(RefusedActionException.UNAVAILABLE, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static Map<String, @Nullable Object> inputs(@Nullable String json) {
		if (json == null) {
			return Map.of();
		}
		if (!(json("inputs", json) instanceof Map<?, ?> map)) {
			throw noJson("inputs", json, "pass a JSON object with the inputs by name, as text", null);
		}
		Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
		map.forEach((name, value) -> inputs.put(String.valueOf(name), VALUES.acceptAsIs(INPUTS, value)));
		return inputs;
	}

	private static @Nullable Object json(String parameter, String json) {
		List<Object> values;
		try {
			values = JsonParserFactory.getJsonParser().parseList("[" + json + "]");
		}
		catch (JsonParseException ex) {
			throw noJson(parameter, json, "pass JSON as text, and a text in quotes of its own", ex);
		}
		if (values.size() != 1) {
			throw noJson(parameter, json, "pass one JSON value as text", null);
		}
		return values.get(0);
	}

	private static RefusedActionException noJson(String parameter, String json, String remedy,
			@Nullable Throwable cause) {
		return new RefusedActionException(RefusedActionException.BAD_REQUEST,
				"'%s' cannot be read: length=%d, %s".formatted(parameter, json.length(), remedy), cause);
	}

	void signal(Run run, @Nullable String topic, @Nullable String payload) {
		if (topic == null) {
			throw new RefusedActionException(RefusedActionException.BAD_REQUEST,
					"'topic' is missing, name the topic of the signal: awaited=%s".formatted(run.awaitedSignals()));
		}
		Object value = (payload != null) ? json("payload", payload) : null;
		try {
			require(run.signal(topic, VALUES.acceptAsIs(PAYLOAD, value)), run, "take a signal",
					"it must not have ended");
		}
		catch (InvalidTopicException | InvalidValueException ex) {
			throw new RefusedActionException(RefusedActionException.BAD_REQUEST, String.valueOf(ex.getMessage()), ex);
		}
	}

	void pause(Run run) {
		require(run.pause(), run, "be paused", "it must not have begun to end");
	}

	void resume(Run run) {
		require(run.resume(), run, "be resumed", "pause it first");
	}

	void cancel(Run run) {
		require(run.cancel(), run, "be cancelled", "it must not have begun to end");
	}

	void resolve(Run run, @Nullable String resolution) {
		if (resolution == null) {
			throw new RefusedActionException(RefusedActionException.BAD_REQUEST,
					"'resolution' is missing, choose one: known=%s".formatted(Parameters.names(Resolution.class)));
		}
		require(run.resolve(Parameters.constant("resolution", resolution, Resolution.class)), run, "be resolved",
				"there must be an incident");
	}

	private static void require(boolean done, Run run, String what, String condition) {
		if (!done) {
			throw new RefusedActionException(RefusedActionException.CONFLICT,
					"run '%s' of workflow '%s' cannot %s: state=%s, %s".formatted(run.id(), run.workflow(), what,
							run.state(), condition));
		}
	}

}
