package io.theus.contract;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.theus.Semantic;

/**
 * A contract as it is declared, before it is compiled.
 *
 * @param process the id of the process, {@code bean.method}
 * @param semantic what the process is for
 * @param inputs patterns of what it reads
 * @param outputs patterns of what it writes
 * @param emits topics of signals
 * @param sends topics of outbox messages
 * @param starts names of the workflows that it may start and signal runs of, or
 * {@link #ALL}
 * @param calls names of the processes that it may call, empty where all without side
 * effects may be called
 * @param sideEffects names of what it touches outside
 * @param errors the exceptions that are expected failures
 * @param placeholders the names that can be bound per call, those of variables with their
 * {@code @}
 * @param strict whether undeclared access is refused
 * @since 0.1.0
 */
public record ContractSpec(String process, Semantic semantic, List<String> inputs, List<String> outputs,
		List<String> emits, List<String> sends, List<String> starts, List<String> calls, List<String> sideEffects,
		List<Class<? extends Throwable>> errors, Set<String> placeholders, boolean strict) {

	/**
	 * Stands for all workflows.
	 */
	public static final String ALL = "*";

	/**
	 * Copy the lists.
	 */
	public ContractSpec {
		inputs = List.copyOf(inputs);
		outputs = List.copyOf(outputs);
		emits = List.copyOf(emits);
		sends = List.copyOf(sends);
		starts = List.copyOf(starts);
		calls = List.copyOf(calls);
		sideEffects = List.copyOf(sideEffects);
		errors = List.copyOf(errors);
		placeholders = Collections.unmodifiableSet(new LinkedHashSet<>(placeholders));
	}

}
