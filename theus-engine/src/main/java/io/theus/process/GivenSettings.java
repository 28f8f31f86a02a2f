package io.theus.process;

import org.jspecify.annotations.Nullable;

import io.theus.transaction.Frame;

/**
 * Settings on their way to the execution of an asynchronous process, through everything
 * that is around it.
 *
 * @param process the process that is called
 * @param settings the settings
 */
record GivenSettings(ProcessDefinition process, CallSettings settings) {

	private static final ThreadLocal<@Nullable GivenSettings> GIVEN = new ThreadLocal<>();

	<T> T during(Frame.Body<T> call) throws Throwable {
		GivenSettings outer = GIVEN.get();
		GIVEN.set(this);
		try {
			return call.run();
		}
		finally {
			GIVEN.set(outer);
		}
	}

	// What the call itself calls has none
	static CallSettings take(ProcessDefinition process) {
		GivenSettings given = GIVEN.get();
		if (given == null || given.process != process) {
			return CallSettings.DECLARED;
		}
		GIVEN.set(null);
		return given.settings;
	}

}
