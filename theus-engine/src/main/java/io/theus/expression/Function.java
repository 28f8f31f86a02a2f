package io.theus.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The functions that an expression may call.
 */
enum Function {

	LEN(1, 1, "1 argument"), INT(1, 1, "1 argument"), FLOAT(1, 1, "1 argument"), STR(1, 1, "1 argument"),
	BOOL(1, 1, "1 argument"), ABS(1, 1, "1 argument"), MIN(1, Integer.MAX_VALUE, "a list or several values"),
	MAX(1, Integer.MAX_VALUE, "a list or several values"), SUM(1, 1, "1 argument"),
	CONTAINS(2, 2, "a container and an element"), ROUND(1, 2, "a number and perhaps the digits after the point"),
	ANY(1, 1, "1 argument"), ALL(1, 1, "1 argument");

	private static final List<String> NAMES = Arrays.stream(values()).map(Function::functionName).toList();

	private final int fewest;

	private final int most;

	private final String signature;

	Function(int fewest, int most, String signature) {
		this.fewest = fewest;
		this.most = most;
		this.signature = signature;
	}

	static @Nullable Function find(String name) {
		int index = NAMES.indexOf(name);
		return (index >= 0) ? values()[index] : null;
	}

	static List<String> names() {
		return NAMES;
	}

	String functionName() {
		return name().toLowerCase(Locale.ROOT);
	}

	int fewest() {
		return this.fewest;
	}

	int most() {
		return this.most;
	}

	String signature() {
		return this.signature;
	}

}
