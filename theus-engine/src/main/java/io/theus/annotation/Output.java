package io.theus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stores what a process returns: the value as a whole on the method, or one component of
 * a returned record. It adds the path to the outputs. A null value is left out.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.RECORD_COMPONENT })
public @interface Output {

	/**
	 * The path to store at, without wildcards.
	 * @return a path, with placeholders for arguments and inputs
	 */
	String value();

}
