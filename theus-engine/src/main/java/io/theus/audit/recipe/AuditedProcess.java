package io.theus.audit.recipe;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;

import io.theus.path.PathPattern;

/**
 * A process as far as recipes need to know it.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface AuditedProcess {

	/**
	 * Return the identity.
	 * @return {@code bean.method}
	 */
	String id();

	/**
	 * Return whether a name means this process, if it means no other one.
	 * @param text an id, a short name, or a relaxed spelling of either
	 * @return whether it does
	 */
	boolean isNamed(String text);

	/**
	 * Return the parameters that have values before the body begins.
	 * @return the parameters
	 */
	List<AuditedParameter> parameters();

	/**
	 * Return what the process declares to write.
	 * @return the patterns, with placeholders
	 */
	List<PathPattern> outputs();

	/**
	 * Return which placeholders can be bound.
	 * @return the first names, those of variables with their {@code @}
	 */
	Set<String> placeholders();

	/**
	 * Return which processes it declares to call.
	 * @return ids or names
	 */
	List<String> calls();

	/**
	 * Return whether it cannot write what it does not declare.
	 * @return whether undeclared access is refused
	 */
	boolean isStrict();

	/**
	 * A parameter.
	 *
	 * @param name its name
	 * @param type its generic type
	 * @param index its place among all parameters of the process
	 */
	record AuditedParameter(String name, Type type, int index) {

	}

}
