package io.theus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Supplies a parameter of a process from the state. It adds the path to the inputs; what
 * a caller passes for the parameter is ignored. An absent path is an error unless the
 * parameter is {@code @Nullable} or an {@code Optional}.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Input {

	/**
	 * The path to read, without wildcards.
	 * @return a path, with placeholders for arguments and other inputs
	 */
	String value();

}
